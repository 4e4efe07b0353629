using ActorWebhooks.Configuration.Toml;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>A key that stands in a section.</summary>
/// <param name="ValueAt">Where its value begins.</param>
/// <param name="IsRefused">Whether its value was reported already, so that no more can be said of it.</param>
internal readonly record struct GivenKey(WebhookKey Key, Position At, Position ValueAt, bool IsRefused);
