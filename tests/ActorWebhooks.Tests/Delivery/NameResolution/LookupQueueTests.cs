using ActorWebhooks.Delivery.NameResolution;
using CsCheck;

namespace ActorWebhooks.Tests.Delivery.NameResolution;

public sealed class LookupQueueTests
{
    private const int Threads = 64;

    private readonly LookupQueue _queue = new(Threads);

    [Fact]
    public void Unknown_name_starts_although_one_domain_has_a_thousand_silent_names()
    {
        for (var i = 0; i < 1000; i++)
            _queue.Add(new NameEntry($"hook-{i}.silent.example"), LookupLane.Unknown);
        TakeAll();

        Assert.True(Starts("good.example", LookupLane.Unknown));
    }

    [Fact]
    public void Known_name_starts_although_a_thousand_unknown_domains_and_a_thousand_suspects_are_silent()
    {
        for (var i = 0; i < 1000; i++)
        {
            _queue.Add(new NameEntry($"hook.unknown-{i}.example"), LookupLane.Unknown);
            _queue.Add(new NameEntry($"hook.suspect-{i}.example"), LookupLane.Suspect);
        }

        TakeAll();

        Assert.True(Starts("good.example", LookupLane.Known));
    }

    [Fact]
    public void Unknown_name_starts_although_a_thousand_known_domains_and_a_thousand_suspects_are_silent()
    {
        for (var i = 0; i < 1000; i++)
        {
            _queue.Add(new NameEntry($"hook.known-{i}.example"), LookupLane.Known);
            _queue.Add(new NameEntry($"hook.suspect-{i}.example"), LookupLane.Suspect);
        }

        TakeAll();

        Assert.True(Starts("good.example", LookupLane.Unknown));
    }

    [Fact]
    public void Domains_take_turns()
    {
        var queue = new LookupQueue(8);
        foreach (var name in (string[])["1.a.example", "2.a.example", "3.a.example", "1.b.example", "c.example"])
            queue.Add(new NameEntry(name), LookupLane.Unknown);

        var order = new List<string>();
        while (queue.TryTake(out var entry))
        {
            order.Add(entry.Name);
            queue.End(entry);
        }

        Assert.Equal(["1.a.example", "1.b.example", "c.example", "2.a.example", "3.a.example"], order);
    }

    [Fact]
    public void Every_name_is_looked_up_once_and_never_more_than_there_are_threads() =>
        Gen.Select(Gen.Int[8, 80], Gen.Select(Gen.Int[0, 5], Gen.Enum<LookupLane>(), Gen.Bool).Array[0, 300]).Sample((threads, steps) =>
        {
            var queue = new LookupQueue(threads);
            var (running, done, added) = (new Queue<NameEntry>(), new List<NameEntry>(), new List<NameEntry>());
            foreach (var (domain, lane, ends) in steps)
            {
                var entry = new NameEntry($"{added.Count}.{domain}.example");
                added.Add(entry);
                queue.Add(entry, lane);
                Advance(ends);
            }

            while (running.Count > 0)
                Advance(ends: true);
            Assert.Equal((0, 0), (queue.Waiting, queue.Running));
            Assert.Equal(added.Order(Comparer<NameEntry>.Create(ByName)), done.Order(Comparer<NameEntry>.Create(ByName)));

            void Advance(bool ends)
            {
                while (queue.TryTake(out var next))
                    running.Enqueue(next);
                Assert.InRange(running.Count, 0, threads);
                Assert.Equal(running.Count, queue.Running);
                if (!ends || !running.TryDequeue(out var ended))
                    return;
                queue.End(ended);
                done.Add(ended);
                while (queue.TryTake(out var next))
                    running.Enqueue(next);
            }
        });

    private static int ByName(NameEntry a, NameEntry b) => string.CompareOrdinal(a.Name, b.Name);

    private void TakeAll()
    {
        while (_queue.TryTake(out _))
        {
            // They hold their threads.
        }
    }

    private bool Starts(string name, LookupLane lane)
    {
        _queue.Add(new NameEntry(name), lane);
        return _queue.TryTake(out var entry) && entry.Name == name;
    }
}
