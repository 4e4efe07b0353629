using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Cluster.Tests.Hop;

/// <summary>Two nodes that publish, one webhook that lives and dies, and a network that loses, repeats and delays.</summary>
internal sealed class HopSession
{
    private readonly ManualTime _time = new();
    private readonly SimulatedSender[] _senders;
    private readonly List<object> _network = [];
    private readonly List<string> _delivered = [];
    private readonly bool _isDurable;
    private SimulatedWebhook _webhook;
    private long _lives;

    public HopSession(bool isDurable, int bundleBytes, int bundleEvents, int windowBytes)
    {
        _isDurable = isDurable;
        var limits = new HopLimits(
            bundleBytes, bundleEvents, TimeSpan.FromMilliseconds(5), windowBytes, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        _senders = [new(0, limits, _time), new(1, limits, _time)];
        _webhook = new SimulatedWebhook(++_lives, isDurable);
    }

    public void Publish(int sender, int count, int awaitedEvery)
    {
        _senders[sender].Publish(count, awaitedEvery);
        Send();
    }

    public void Arrive(int which)
    {
        if (_network.Count == 0)
            return;
        var message = _network[which % _network.Count];
        _network.RemoveAt(which % _network.Count);
        Hand(message);
        Send();
    }

    public void Lose(int which)
    {
        if (_network.Count > 0)
            _network.RemoveAt(which % _network.Count);
    }

    public void Repeat(int which)
    {
        if (_network.Count > 0)
            _network.Add(_network[which % _network.Count]);
    }

    public void Pass(TimeSpan time)
    {
        _time.Pass(time);
        Send();
    }

    public void Release(int count) => _network.AddRange(_webhook.Release(count, _delivered));

    /// <summary>What it has not released is gone.</summary>
    public void Crash() => _webhook = new SimulatedWebhook(++_lives, _isDurable) { Refusal = _webhook.Refusal };

    public void HandOver()
    {
        _network.AddRange(_webhook.Leave());
        Crash();
    }

    public void HostGone()
    {
        foreach (var sender in _senders)
            sender.Hop.Restart();
        Send();
    }

    public void RefuseFromNowOn(RefusalReason? reason) => _webhook.Refusal = reason;

    /// <summary>From now on nothing goes wrong.</summary>
    public void EndWell()
    {
        RefuseFromNowOn(null);
        for (var rounds = 0; _senders.Any(sender => sender.UsedBytes > 0 || sender.IsAnyoneWaiting); rounds++)
        {
            Assert.InRange(rounds, 0, 1_000);
            Pass(TimeSpan.FromSeconds(1));
            while (_network.Count > 0)
                Arrive(0);
            Release(int.MaxValue);
        }

        foreach (var (sender, number) in _senders.Select((sender, number) => (sender, number)))
            Check(sender, $"{number}-");
    }

    private void Check(SimulatedSender sender, string prefix)
    {
        var delivered = _delivered.Where(id => id.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        var first = delivered.Distinct().ToList();
        var refused = sender.Refused.ToHashSet();

        // What was refused may have got through, in a bundle that came late.
        Assert.Equal(sender.Published.Where(id => !refused.Contains(id)), first.Where(id => !refused.Contains(id)));
        Assert.True(sender.Accepted.ToHashSet().IsSubsetOf(first));
        if (_lives == 1)
            Assert.Equal(first.Count, delivered.Count);
    }

    private void Hand(object message)
    {
        switch (message)
        {
            case Bundle bundle when _webhook.Take(bundle) is { } progress:
                _network.Add(progress);
                break;
            case Progress progress:
                foreach (var sender in _senders)
                    sender.Hop.Hear(progress);
                break;
        }
    }

    private void Send()
    {
        foreach (var sender in _senders)
        {
            while (sender.Hop.Next() is { } bundle)
                _network.Add(Bundle.Parse(bundle.Bytes));
        }
    }
}
