using ActorWebhooks.Cluster.Hop;

namespace ActorWebhooks.Cluster.Wire;

/// <summary>How far a webhook has got. Stream and entity are random, and the other numbers mostly small.</summary>
internal static class ProgressCodec
{
    public static void Write(WireWriter to, Progress progress)
    {
        to.Long(progress.Stream);
        to.Long(progress.Entity);
        to.Number(progress.Received);
        to.Number(progress.Held);
        to.Number(progress.Released);
        to.Flag(progress.Refusal is not null);
        if (progress.Refusal is { } refusal)
            to.OneOf(refusal);
        to.OneOf(progress.Note);
    }

    public static Progress Read(WireReader from) => new(
        from.Long(),
        from.Long(),
        from.Number(),
        from.Number(),
        from.Number(),
        from.Flag() ? from.OneOf<RefusalReason>() : null,
        from.OneOf<ProgressNote>());
}
