using ActorWebhooks.Connections;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace ActorWebhooks.Tests.Connections;

public sealed class ConnectionGateTests : TestKit
{
    private const int Max = 3;

    private readonly ConnectionGate _gate = new(Max, TimeSpan.FromMilliseconds(50), TimeProvider.System);

    [Fact]
    public void Free_connection_is_had_at_once_without_a_message()
    {
        var seat = _gate.SeatOf(TestActor);

        Assert.True(seat.TryEnter());
        Assert.True(seat.TryEnter());
        Assert.Equal(1, _gate.Held);
        seat.Leave();
        seat.Leave();
        Assert.Equal(0, _gate.Held);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Actor_that_waits_is_told_when_it_has_one_and_one_that_has_held_its_own_too_long_to_give_it_up()
    {
        var holder = CreateTestProbe();
        var seats = Enumerable.Range(0, Max).Select(_ => _gate.SeatOf(holder)).ToList();
        Assert.All(seats, seat => Assert.True(seat.TryEnter()));
        var waiting = _gate.SeatOf(TestActor);

        Assert.False(waiting.TryEnter());
        Assert.True(waiting.IsWaiting);
        var recall = holder.ExpectMsg<ConnectionRecalled>();
        Assert.True(seats[0].IsFor(recall));
        seats[0].Leave();
        ExpectMsg<ConnectionGranted>();
        Assert.True(waiting.IsHeld);

        Assert.True(waiting.TryEnter());
        Assert.False(seats[0].IsFor(recall));
    }

    [Fact]
    public async Task Many_threads_never_hold_more_than_there_are_and_leave_none_behind()
    {
        var held = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var seat = _gate.SeatOf(ActorRefs.Nobody);
            for (var round = 0; round < 5_000; round++)
            {
                // Now and then it does not wait until it has one.
                for (var patience = 0; !seat.TryEnter() && !seat.IsHeld && patience < round % 50; patience++)
                    await Task.Yield();
                if (!seat.IsHeld)
                {
                    seat.Leave();
                    continue;
                }

                InterlockedMax(ref most, Interlocked.Increment(ref held));
                if (round % 7 == i % 7)
                    await Task.Yield();
                Interlocked.Decrement(ref held);
                seat.Leave();
            }
        })));

        Assert.InRange(most, 1, Max);
        Assert.Equal((0, 0), (_gate.Held, _gate.Waiting));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _gate.Dispose();
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }
}
