namespace ActorWebhooks.Tests.Delivery.Model;

/// <summary>What the model says is to be done: these events under this batch number, a wait, or nothing.</summary>
internal readonly record struct ModelStep(int Batch, string[]? Send, TimeSpan? Wait);
