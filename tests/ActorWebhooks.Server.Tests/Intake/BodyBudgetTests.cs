using System.Net;
using ActorWebhooks.Server.Intake;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Intake;

public sealed class BodyBudgetTests
{
    private const int MiB = 1024 * 1024;

    private readonly ManualTime _time = new();
    private readonly BodyBudget _budget;

    public BodyBudgetTests() => _budget = new BodyBudget(16 * MiB, _time);

    [Fact]
    public async Task Large_bodies_leave_a_quarter_to_small_ones()
    {
        Assert.True(await TakeAsync(new(), 8 * MiB));
        Assert.False(await TakeAsync(new(), 5 * MiB));
        Assert.True(await TakeAsync(new(), 4 * MiB));
        for (var i = 0; i < 4; i++)
            Assert.True(await TakeAsync(new(), MiB));
        Assert.False(await TakeAsync(new(), 1));
    }

    [Fact]
    public async Task One_address_leaves_an_eighth_to_others()
    {
        for (var i = 0; i < 14; i++)
            Assert.True(await TakeAsync(From("192.0.2.1"), MiB));

        Assert.False(await TakeAsync(From("192.0.2.1"), MiB));
        Assert.True(await TakeAsync(From("192.0.2.2"), MiB));
    }

    [Fact]
    public async Task What_is_returned_is_free()
    {
        var share = From("192.0.2.1");
        Assert.True(await TakeAsync(share, 12 * MiB));
        _budget.Return(share);

        Assert.True(await TakeAsync(From("192.0.2.1"), 12 * MiB));
    }

    [Fact]
    public async Task Body_that_arrives_slowly_gives_way_and_one_that_arrives_does_not()
    {
        var stopped = new List<string>();
        var (slow, swift) = (From("192.0.2.1"), From("192.0.2.1"));
        foreach (var (share, name) in new[] { (slow, "slow"), (swift, "swift") })
        {
            Assert.True(await TakeAsync(share, 6 * MiB));
            _budget.BeginTransfer(share, () =>
            {
                stopped.Add(name);
                _budget.Return(share);
            });
        }

        Assert.False(await TakeAsync(new(), 2 * MiB));
        _time.Advance(BodyBudget.Grace);
        slow.Arrived(1000, _budget.Now);
        swift.Arrived(MiB, _budget.Now);

        Assert.True(await TakeAsync(new(), 2 * MiB));
        Assert.Equal(["slow"], stopped);
    }

    [Fact]
    public async Task Body_that_has_arrived_does_not_give_way()
    {
        var share = new BodyShare();
        Assert.True(await TakeAsync(share, 12 * MiB));
        _budget.BeginTransfer(share, () => Assert.Fail("It was stopped."));
        _budget.EndTransfer(share);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.False(await TakeAsync(new(), 2 * MiB));
    }

    [Fact]
    public async Task Body_that_waits_for_room_itself_is_not_slow()
    {
        var (slow, waiting) = (new BodyShare(), new BodyShare());
        foreach (var share in new[] { slow, waiting })
        {
            Assert.True(await TakeAsync(share, 6 * MiB));
            _budget.BeginTransfer(share, () => Assert.Same(slow, share));
        }

        _time.Advance(BodyBudget.Grace);
        waiting.Arrived(MiB, _budget.Now);
        var more = TakeAsync(waiting, 6 * MiB).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await TakeAsync(new(), 2 * MiB));
        _budget.Return(slow);

        Assert.True(await more);
    }

    private static BodyShare From(string address) => new() { Address = IPAddress.Parse(address) };

    private ValueTask<bool> TakeAsync(BodyShare share, int bytes) => _budget.TakeAsync(share, bytes, CancellationToken.None);
}
