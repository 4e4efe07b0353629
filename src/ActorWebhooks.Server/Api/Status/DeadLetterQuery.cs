using System.Globalization;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Api.Status;

/// <summary>Which dead letters of a webhook are asked for: <c>?limit=100&amp;after=CURSOR</c>.</summary>
/// <param name="After">The cursor that the page before gave; null begins with the oldest.</param>
internal sealed record DeadLetterQuery(string? After, int Limit)
{
    public const string NoCursor = "after is not a cursor; accepted is what the page before gave as next.";

    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;
    private const int MaxCursorLength = 128;

    /// <param name="fault">What is not acceptable, and what is; null when all is.</param>
    public static DeadLetterQuery Read(IQueryCollection query, out string? fault)
    {
        var after = query["after"].ToString();
        var limit = DefaultLimit;
        fault = null;
        if (query.TryGetValue("limit", out var text)
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            fault = $"limit is '{Printable.Shorten(text.ToString())}'; accepted is an integer from 1 to {MaxLimit}.";
        }
        else if (after.Length > MaxCursorLength)
        {
            fault = NoCursor;
        }

        return new DeadLetterQuery(after.Length == 0 ? null : after, limit);
    }
}
