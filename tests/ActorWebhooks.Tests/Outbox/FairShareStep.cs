namespace ActorWebhooks.Tests.Outbox;

/// <summary>One thing that happens to one webhook.</summary>
/// <param name="Bytes">Of an event, or how many events.</param>
internal readonly record struct FairShareStep(FairShareStepKind Kind, int Webhook, int Bytes);
