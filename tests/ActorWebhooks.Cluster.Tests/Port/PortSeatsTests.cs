using System.Net;
using ActorWebhooks.Cluster.Port;

namespace ActorWebhooks.Cluster.Tests.Port;

public sealed class PortSeatsTests
{
    private static readonly PortLimits Limits = new(MaxConnections: 6, MaxSilent: 3, TimeSpan.FromSeconds(1));

    private readonly PortSeats _seats = new(Limits);
    private readonly List<string> _closed = [];

    [Fact]
    public void Oldest_silent_one_of_the_address_that_has_the_most_gives_way()
    {
        foreach (var name in (string[])["a1", "b1", "b2"])
            Assert.True(_seats.TryEnter(Seat(name)));

        Assert.True(_seats.TryEnter(Seat("c1")));
        Assert.True(_seats.TryEnter(Seat("c2")));

        Assert.Equal(["b1", "a1"], _closed);
        Assert.Equal((3, 0), _seats.Counts);
    }

    [Fact]
    public void One_that_gave_way_cannot_speak_any_more()
    {
        var first = Seat("a1");
        _seats.TryEnter(first);
        foreach (var name in (string[])["a2", "a3", "a4"])
            _seats.TryEnter(Seat(name));

        Assert.Equal(["a1"], _closed);
        Assert.False(_seats.TrySpeak(first));
        _seats.Leave(first);
        Assert.Equal((3, 0), _seats.Counts);
    }

    [Fact]
    public void When_all_are_taken_the_address_that_has_the_most_gets_no_more_and_gives_way_to_others()
    {
        foreach (var name in (string[])["a1", "b1", "a2", "a3", "a4", "c1"])
            Assert.True(Spoken(name));

        Assert.False(_seats.TryEnter(Seat("a5")));
        Assert.Empty(_closed);
        Assert.True(_seats.TryEnter(Seat("b2")));
        Assert.Equal(["a1"], _closed);
        Assert.Equal((1, 5), _seats.Counts);
    }

    [Fact]
    public void Seat_of_one_that_left_is_free()
    {
        var seats = Enumerable.Range(0, 6).Select(i => Seat($"a{i}")).ToArray();
        foreach (var seat in seats)
            Assert.True(_seats.TryEnter(seat) && _seats.TrySpeak(seat));
        Assert.False(_seats.TryEnter(Seat("a7")));

        _seats.Leave(seats[3]);

        Assert.True(_seats.TryEnter(Seat("a8")));
        Assert.Empty(_closed);
    }

    [Theory]
    [InlineData(null, 1000, 100)]
    [InlineData(100_000L, 1000, 100)]
    [InlineData(1024L, 256, 100)]
    [InlineData(200L, 50, 50)]
    [InlineData(8L, 16, 16)]
    public void Process_that_may_have_few_files_has_fewer_connections(long? files, int connections, int silent) => Assert.Equal(
        new PortLimits(connections, silent, TimeSpan.FromSeconds(10)), new PortLimits(1000, 100, TimeSpan.FromSeconds(10)).Within(files));

    private bool Spoken(string name) => Seat(name) is var seat && _seats.TryEnter(seat) && _seats.TrySpeak(seat);

    private PortSeat Seat(string name) => new(new IPAddress([10, 0, 0, (byte)name[0]]), () => _closed.Add(name));
}
