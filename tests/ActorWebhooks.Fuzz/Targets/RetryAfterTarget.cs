using System.Text;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;

namespace ActorWebhooks.Fuzz.Targets;

/// <summary>What an endpoint answers as <c>Retry-After</c>: a time or nothing.</summary>
internal static class RetryAfterTarget
{
    private static readonly RetryDelays Delays = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    public static FuzzTarget Target { get; } = new(
        "retry-after",
        Bytes.Of("120", "0", "Fri, 27 Nov 2026 13:00:00 GMT", "Friday, 27-Nov-26 13:00:00 GMT", "Fri Nov 27 13:00:00 2026", "2147483648", "-1", "1, 2", "6.5", "30 s",
            "Fri, 27 Nov 2026 13:00:00 +0100", "2026-11-27T13:00:00.5-05:00", "120, Fri, 27 Nov 2026 13:00:00 GMT, soon"),
        Bytes.Of("Fri, ", " GMT", "9999", "00:00:00", "1e9", ",", "Dec", "31", "+0000", "-99:59", ".", "Z", "T", "0001", "\""),
        Run);

    private static void Run(byte[] input)
    {
        using var response = new HttpResponseMessage();
        foreach (var value in Encoding.Latin1.GetString(input).Split('\n'))
            response.Headers.TryAddWithoutValidation("Retry-After", value);
        var time = HttpAttempt.RetryAfterOf(response, Now, out var nonsense);
        if (time < TimeSpan.Zero || (time is not null && nonsense is not null))
            throw new InvalidOperationException($"It reads {time}, and calls '{nonsense}' nonsense.");
        foreach (var status in new[] { 200, 429, 503 })
        {
            var delay = OutcomePolicy.LeastDelay(new AttemptOutcome(AttemptEnd.Response, status, RetryAfter: time), Delays);
            if (delay < TimeSpan.Zero || delay > OutcomePolicy.MaxRetryAfter)
                throw new InvalidOperationException($"It waits for {delay}.");
        }
    }
}
