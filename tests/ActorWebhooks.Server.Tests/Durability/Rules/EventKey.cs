using System.Globalization;

namespace ActorWebhooks.Server.Tests.Durability.Rules;

/// <summary>An event by who made it and the how manieth of theirs it is, from 0; its id is <c>producer-number</c>.</summary>
internal readonly record struct EventKey(int Producer, int Number)
{
    public static EventKey Parse(string id)
    {
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        return new(int.Parse(id.AsSpan(0, dash), CultureInfo.InvariantCulture), int.Parse(id.AsSpan(dash + 1), CultureInfo.InvariantCulture));
    }

    public override string ToString() => $"{Producer}-{Number}";
}
