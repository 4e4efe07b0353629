using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace ActorWebhooks.LoadTest.Contenders;

/// <summary>What a producer has in hand: the fact, as an object.</summary>
/// <param name="SentAt">Reading of the monotonic clock of the machine, which the receiver compares with its own.</param>
/// <param name="Padding">Brings the event to the size that is asked for.</param>
public sealed record SignIn(string AccountName, string RemoteIp, long SentAt, string Padding)
{
    /// <summary>The type of the events, unless they are those of tenants.</summary>
    public const string Type = "auth.success";

    // An event with no padding, as it is sent, id and time included.
    private const int BareBytes = 210;

    /// <summary>The type of the events of one tenant.</summary>
    public static string TypeOf(int tenant) => string.Create(CultureInfo.InvariantCulture, $"tenant-{tenant}.sign-in");

    public static SignIn Create(string padding) =>
        new("jdoe@example.org", "203.0.113.7", Stopwatch.GetTimestamp(), padding);

    /// <param name="wireBytes">How long an event is to be in the body of a request.</param>
    public static string PaddingFor(int wireBytes) => new('x', Math.Max(0, wireBytes - BareBytes));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SignIn))]
internal sealed partial class SignInJson : JsonSerializerContext;
