namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>When a life of the server ends.</summary>
/// <param name="Count">Of what the kind names: it is the last one.</param>
/// <param name="Delay">From there.</param>
internal sealed record KillPoint(KillKind Kind, int Count, TimeSpan Delay)
{
    // A start takes most of a second: this falls before, into and after the recovery.
    private const int MostStartMilliseconds = 1500;

    /// <summary>As many points as asked for, with every kind among them.</summary>
    public static IReadOnlyList<KillPoint> Draw(Random random, int count)
    {
        var kinds = Enumerable.Range(0, count).Select(i => Enum.GetValues<KillKind>()[i % 4]).ToArray();
        random.Shuffle(kinds);
        return [.. kinds.Select(kind => kind == KillKind.Starting
            ? new KillPoint(kind, 0, TimeSpan.FromMilliseconds(random.Next(MostStartMilliseconds)))
            : new KillPoint(kind, random.Next(1, 80), TimeSpan.FromMilliseconds(random.Next(10))))];
    }
}
