using System.Collections.Immutable;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Api.Status;

/// <summary>Which dead letters of a webhook are meant: <c>?id=EVENT&amp;id=EVENT</c>, or all without a query.</summary>
internal static class LetterIds
{
    private const int Most = 100;
    private const int MaxLength = 128;
    private const string Name = "id";

    private static readonly string Accepted = $"accepted is ?id=EVENT, up to {Most} times, for the letters of these events, or no query for all letters.";

    /// <param name="fault">What is not acceptable, and what is; null when all is. Whatever is not understood must not mean all.</param>
    /// <returns>Null for all.</returns>
    public static ImmutableHashSet<string>? Read(HttpRequest request, out string? fault)
    {
        var ids = request.Query[Name];
        var other = request.Query.Keys.FirstOrDefault(key => !key.Equals(Name, StringComparison.OrdinalIgnoreCase));
        fault = (other, ids.Count) switch
        {
            _ when request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0 => $"A body is not read here; {Accepted}",
            ({ } key, _) => $"The query has '{Printable.Shorten(key)}'; {Accepted}",
            (null, > Most) => $"The query has {ids.Count} ids; {Accepted}",
            _ when ids.FirstOrDefault(id => id is not { Length: > 0 and <= MaxLength }) is { } id => $"id is '{Printable.Shorten(id)}'; {Accepted}",
            _ => null,
        };
        return ids.Count == 0 || fault is not null ? null : [.. ids!];
    }
}
