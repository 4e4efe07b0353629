namespace ActorWebhooks.LoadTest.Contenders.Wolverine;

/// <summary>What Wolverine calls with a batch, found by its name. It has to be public, and so have the types that it takes.</summary>
public static class EventBatchHandler
{
    public static Task Handle(HandEvent[] events, BatchPoster poster, CancellationToken cancellationToken) =>
        poster.PostAsync(events, cancellationToken);
}
