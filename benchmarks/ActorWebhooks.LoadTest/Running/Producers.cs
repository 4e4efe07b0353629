using ActorWebhooks.LoadTest.Contenders;
using ActorWebhooks.LoadTest.Receiving;

namespace ActorWebhooks.LoadTest.Running;

/// <summary>Makes events and sends them, each producer on a thread of its own, without getting too far ahead of the receiver.</summary>
internal sealed class Producers(LoadPlan plan, IContender contender, SharedCount arrived)
{
    // How many events go between two looks at what has arrived.
    private const int Stride = 64;

    private readonly string _padding = SignIn.PaddingFor(plan.EventBytes);
    private readonly string[] _types =
        plan.Webhooks.Tenants == 1 ? [SignIn.Type] : [.. Enumerable.Range(0, plan.Webhooks.Tenants).Select(SignIn.TypeOf)];

    private readonly Patience _patience = new(arrived);
    private long _sent;
    private Exception? _failure;

    /// <summary>Returns when all have arrived.</summary>
    /// <returns>How many were sent; of a contender that sends many at once it may be more than was asked for.</returns>
    public long Run(int events)
    {
        var before = arrived.Value;
        _sent = 0;
        var threads = new Thread[plan.Producers];
        for (var i = 0; i < threads.Length; i++)
        {
            var share = (events / threads.Length) + (i < events % threads.Length ? 1 : 0);
            threads[i] = new Thread(() => TryProduce(share, before));
            threads[i].Start();
        }

        foreach (var thread in threads)
            thread.Join();
        contender.Flush();
        while (_failure is null && arrived.Value < before + (_sent * plan.Webhooks.FanOut))
        {
            if (TakeRefused() is > 0 and var refused)
            {
                Interlocked.Add(ref _sent, -refused);
                TryProduce(refused, before);
            }

            _patience.Wait();
        }

        if (_failure is not null)
            throw new InvalidOperationException("A producer failed.", _failure);
        return _sent;
    }

    private void TryProduce(int events, long before)
    {
        try
        {
            Produce(events, before);
        }
#pragma warning disable CA1031 // It ends the run, on the thread that waits for the producers.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failure = e;
        }
    }

    private void Produce(int events, long before)
    {
        var pace = plan.Rate == 0 ? null : new Pace((double)plan.Rate / plan.Producers);
        var stride = Math.Max(1, Stride / contender.EventsPerSend);
        for (var sent = 0; sent < events;)
        {
            var sentBefore = sent;
            for (var i = 0; i < stride && sent < events; i++, sent += contender.EventsPerSend)
            {
                pace?.Wait();
                var sending = contender.SendAsync(_types[(uint)sent % _types.Length], SignIn.Create(_padding));
                if (!sending.IsCompletedSuccessfully)
                    sending.AsTask().GetAwaiter().GetResult();
            }

            // Whoever finds that events were refused sends as many again, whichever producer's they were.
            if (TakeRefused() is > 0 and var refused)
            {
                sent -= refused;
                _patience.Wait();
            }

            KeepDistance(Interlocked.Add(ref _sent, sent - sentBefore), before);
        }
    }

    private int TakeRefused()
    {
        var refused = contender.TakeRefused();
        return refused == 0 || plan.Webhooks.FanOut == 1
            ? refused
            : throw new InvalidOperationException("A webhook has refused an event that others may have taken.");
    }

    private void KeepDistance(long sent, long before)
    {
        while (_failure is null && sent - ((arrived.Value - before) / plan.Webhooks.FanOut) > plan.Outstanding)
            _patience.Wait();
    }
}
