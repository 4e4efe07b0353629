using System.Net;
using ActorWebhooks.Server.Intake;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Intake;

public sealed class ConnectionSeatsTests
{
    private const int Most = 4;
    private const int MostPerAddress = 3;
    private const string Us = "192.0.2.1";
    private const string Them = "192.0.2.2";

    private readonly ManualTime _time = new();
    private readonly ConnectionSeats _seats;
    private readonly List<ConnectionSeat> _ended = [];

    public ConnectionSeatsTests() => _seats = new ConnectionSeats(Most, MostPerAddress, _time);

    [Fact]
    public async Task One_that_comes_takes_the_place_of_the_longest_idle_one_of_the_address_that_has_the_most()
    {
        var alone = await ComeAsync(Them);
        var oldest = await ComeAsync(Us);
        await ComeAsync(Us);
        await ComeAsync(Us);

        Assert.False((await ComeAsync(Them)).IsReserve);
        Assert.Equal([oldest], _ended);
        Assert.NotSame(alone, oldest);
        Assert.Equal(new SeatCounts(GaveWay: 1, Refused: 0, Postponed: 0), _seats.Counts);
    }

    [Fact]
    public async Task An_address_that_has_its_share_takes_the_place_of_its_own()
    {
        var other = await ComeAsync(Them);
        for (var i = 0; i < 10; i++)
            Assert.False((await ComeAsync(Us)).IsReserve);

        Assert.DoesNotContain(other, _ended);
        Assert.Equal(10 - MostPerAddress, _ended.Count);
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::2:3", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public async Task Addresses_of_one_network_share(string one, string other, bool isShared)
    {
        for (var i = 0; i < MostPerAddress; i++)
            await ComeAsync(one);

        await ComeAsync(other);

        Assert.Equal(isShared ? 1 : 0, _ended.Count);
    }

    [Fact]
    public async Task A_connection_that_has_been_receiving_for_long_gives_way_and_one_that_is_worked_on_does_not()
    {
        var (working, receiving) = (await ComeAsync(Us), await ComeAsync(Us));
        foreach (var seat in new[] { working, receiving, await ComeAsync(Them), await ComeAsync(Them) })
            Assert.True(_seats.TryBegin(seat, isHealth: false));
        receiving.BeginReceiving();

        Assert.True((await ComeAsync(Them)).IsReserve);
        _time.Advance(ConnectionSeats.ReceivingGrace);
        Assert.False((await ComeAsync(Them)).IsReserve);
        Assert.Equal([receiving], _ended);
    }

    [Fact]
    public async Task When_all_are_busy_the_reserve_answers_for_health_alone_and_its_oldest_gives_way()
    {
        await FillAsync();
        var first = await ComeAsync(Us);
        Assert.True(first.IsReserve);
        Assert.True(_seats.TryBegin(first, isHealth: true));
        _seats.End(first);
        Assert.False(_seats.TryBegin(first, isHealth: false));
        _seats.End(first);

        for (var i = 0; i < ConnectionSeats.Reserve; i++)
            Assert.True((await ComeAsync(Us)).IsReserve);

        Assert.Equal([first], _ended);
        Assert.Equal(1, _seats.Counts.Postponed);
    }

    [Fact]
    public async Task A_connection_of_the_reserve_becomes_an_ordinary_one_when_there_is_room()
    {
        var busy = await FillAsync();
        var late = await ComeAsync(Them);
        Assert.False(_seats.TryBegin(late, isHealth: false));
        _seats.End(late);

        _seats.Leave(busy[0]);

        Assert.True(_seats.TryBegin(late, isHealth: false));
        Assert.False(late.IsReserve);
    }

    [Fact]
    public async Task There_are_never_more_than_there_may_be_with_those_that_end()
    {
        await FillAsync();
        var seats = new List<ConnectionSeat?>();
        for (var i = 0; i < 200; i++)
        {
            var coming = _seats.TakeAsync(IPAddress.Parse(Us), CancellationToken.None).AsTask();
            if (!coming.IsCompleted)
                _time.Advance(TimeSpan.FromSeconds(1));
            seats.Add(await coming);
        }

        Assert.Equal(48, seats.Count(seat => seat is not null));
        Assert.Equal(152, _seats.Counts.Refused);
    }

    [Fact]
    public async Task One_that_is_told_to_end_before_it_says_how_ends_as_it_says_so()
    {
        var seat = (await _seats.TakeAsync(IPAddress.Parse(Us), CancellationToken.None))!;
        for (var i = 0; i < MostPerAddress; i++)
            await ComeAsync(Us);

        _seats.Attach(seat, () => _ended.Add(seat));

        Assert.Equal([seat], _ended);
    }

    private async Task<List<ConnectionSeat>> FillAsync()
    {
        List<ConnectionSeat> busy = [await ComeAsync(Us), await ComeAsync(Us), await ComeAsync(Them), await ComeAsync(Them)];
        Assert.All(busy, seat => Assert.True(_seats.TryBegin(seat, isHealth: false)));
        return busy;
    }

    private async Task<ConnectionSeat> ComeAsync(string address)
    {
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var seat = (await _seats.TakeAsync(IPAddress.Parse(address), CancellationToken.None))!;
        _seats.Attach(seat, () => _ended.Add(seat));
        return seat;
    }
}
