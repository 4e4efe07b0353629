using System.Net;
using System.Net.Sockets;
using ActorWebhooks.Delivery.NameResolution;

namespace ActorWebhooks.Tests.Delivery.NameResolution;

public sealed class NameEntryTests
{
    private static readonly NameResolutionSettings Settings = new(8, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));
    private static readonly IPAddress[] Addresses = [IPAddress.Parse("192.0.2.1")];

    private readonly NameEntry _entry = new("hook.example.org");

    [Fact]
    public void Unknown_name_is_looked_up_once_and_waited_for()
    {
        Assert.Equal(new NameAnswer(null, SocketError.TryAgain, NeedsLookup: true, Timeout.InfiniteTimeSpan), At(0));
        Assert.Equal(LookupLane.Unknown, _entry.Ask(TimeSpan.Zero));
        Assert.Equal(new NameAnswer(null, SocketError.TryAgain, NeedsLookup: false, Timeout.InfiniteTimeSpan), At(9));
    }

    [Fact]
    public void Answer_is_used_for_its_lifetime()
    {
        Answer(at: 10);
        Assert.Equal(new NameAnswer(Addresses, null, NeedsLookup: false, null), At(39.999));
        Assert.True(At(40).NeedsLookup);
    }

    [Fact]
    public void Answer_that_is_due_is_used_when_the_lookup_of_a_newer_one_is_slow()
    {
        Answer(at: 0);
        Assert.Equal(new NameAnswer(Addresses, SocketError.TryAgain, NeedsLookup: true, Settings.SlowAfter), At(40));
        Assert.Equal(LookupLane.Known, _entry.Ask(Seconds(40)));
        Assert.Equal(TimeSpan.FromMilliseconds(100), At(40.4).WaitFor);
        Assert.Equal(new NameAnswer(Addresses, SocketError.TryAgain, NeedsLookup: false, null), At(40.6));
    }

    [Fact]
    public void Stale_answer_is_used_at_once_while_lookups_fail_and_no_longer_than_its_lifetime()
    {
        Answer(at: 0);
        Fail(SocketError.TryAgain, at: 50);
        Assert.Equal(new NameAnswer(Addresses, SocketError.TryAgain, NeedsLookup: false, null), At(54));
        Assert.Equal((Addresses, true), (At(55).Addresses, At(55).NeedsLookup));
        Fail(SocketError.TryAgain, at: 3599);
        Assert.Equal(new NameAnswer(null, SocketError.TryAgain, NeedsLookup: false, null), At(3600));
    }

    [Fact]
    public void Name_that_does_not_exist_any_more_has_no_stale_answer()
    {
        Answer(at: 0);
        Fail(SocketError.HostNotFound, at: 50);
        Assert.Equal(new NameAnswer(null, SocketError.HostNotFound, NeedsLookup: false, null), At(50.5));
        Assert.Equal(new NameAnswer(null, SocketError.TryAgain, NeedsLookup: true, Timeout.InfiniteTimeSpan), At(51));
        Assert.Equal(LookupLane.Unknown, _entry.Ask(Seconds(51)));
    }

    [Fact]
    public void Name_whose_server_was_silent_is_a_suspect_that_nobody_waits_for_long_until_it_is_answered()
    {
        Fail(SocketError.TryAgain, at: 10);
        Assert.Equal(new NameAnswer(null, SocketError.TryAgain, NeedsLookup: false, null), At(14));
        Assert.Equal(new NameAnswer(null, SocketError.TryAgain, NeedsLookup: true, Settings.SlowAfter), At(15));
        Assert.Equal(LookupLane.Suspect, _entry.Ask(Seconds(15)));
        Assert.Equal(new NameAnswer(null, SocketError.TryAgain, NeedsLookup: false, null), At(16));
        _entry.Answered(Addresses, Seconds(100));
        Assert.Equal(LookupLane.Known, _entry.Ask(Seconds(200)));
    }

    [Fact]
    public void Failure_that_came_at_once_makes_no_suspect()
    {
        Fail(SocketError.TryAgain, at: 10, isSlow: false);
        Assert.Equal(Timeout.InfiniteTimeSpan, At(15).WaitFor);
        Assert.Equal(LookupLane.Unknown, _entry.Ask(Seconds(15)));
    }

    [Theory]
    [InlineData("example.org", "example.org")]
    [InlineData("a.b.example.org", "example.org")]
    [InlineData("a.b.example.org.", "example.org")]
    [InlineData("localhost", "localhost")]
    [InlineData("", "")]
    [InlineData(".", "")]
    [InlineData("..a", ".a")]
    public void Domain_is_the_last_two_labels(string name, string domain) => Assert.Equal(domain, new NameEntry(name).Domain);

    [Theory]
    [InlineData("localhost", LookupLane.Known)]
    [InlineData("a.LOCALHOST", LookupLane.Known)]
    [InlineData("localhost.example.org", LookupLane.Unknown)]
    public void Local_name_does_not_wait_behind_unknown_ones(string name, object lane) => Assert.Equal(lane, new NameEntry(name).Ask(TimeSpan.Zero));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private NameAnswer At(double seconds) => _entry.AnswerAt(Seconds(seconds), Settings);

    private void Answer(double at)
    {
        _entry.Ask(Seconds(at));
        _entry.Answered(Addresses, Seconds(at));
    }

    private void Fail(SocketError failure, double at, bool isSlow = true)
    {
        _entry.Ask(Seconds(at - 1));
        _entry.Failed(failure, isSlow, Seconds(at));
    }
}
