using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>One key of a webhook's section.</summary>
/// <param name="Name">With its table, <c>auth.username</c>.</param>
/// <param name="Accepted">What a value may be, as error messages say it.</param>
/// <param name="Read">Takes a value into the draft, or refuses it.</param>
internal sealed record WebhookKey(string Name, string Accepted, Action<KeyReading, ValueSyntax, WebhookDraft> Read)
{
    /// <summary>Takes one more element into the draft, or refuses it; null for a key that takes one value.</summary>
    public Action<KeyReading, ValueSyntax, WebhookDraft>? ReadElement { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Its value is never shown.</summary>
    public bool IsSecret { get; init; }
}
