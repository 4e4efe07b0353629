using ActorWebhooks.Events;
using ActorWebhooks.Server.Text;
using EventId = ActorWebhooks.Events.EventId;

namespace ActorWebhooks.Server.Api.Why;

/// <summary>Which event is asked for: <c>?event=ID&amp;type=TYPE&amp;webhook=ID</c>.</summary>
/// <param name="Type">What whoever asks knows of it; null when nobody does.</param>
/// <param name="Webhook">The one webhook that is asked; null for all.</param>
internal sealed record WhyQuery(string Event, string? Type, string? Webhook)
{
    private static readonly string[] Names = ["event", "type", "webhook"];

    /// <param name="fault">What is not acceptable, and what is; null when all is.</param>
    public static WhyQuery Read(IQueryCollection query, out string? fault)
    {
        var (id, type, webhook) = (query["event"].ToString(), query["type"].ToString(), query["webhook"].ToString());
        var other = query.Keys.FirstOrDefault(key => !Names.Contains(key, StringComparer.OrdinalIgnoreCase));
        fault = other is not null ? $"The query has '{Printable.Shorten(other)}'; accepted is ?event=ID, with &type=TYPE and &webhook=ID or without."
            : !EventId.IsValid(id) ? $"event is '{Printable.Shorten(id)}'; {EventId.Rule}."
            : type.Length > 0 && !EventType.IsValid(type) ? $"type is '{Printable.Shorten(type)}'; {EventType.Rule}."
            : null;
        return new WhyQuery(id, type.Length == 0 ? null : type, webhook.Length == 0 ? null : webhook);
    }
}
