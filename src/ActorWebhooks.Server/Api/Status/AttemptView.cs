using ActorWebhooks.Delivery;

namespace ActorWebhooks.Server.Api.Status;

/// <summary>An attempt as the API shows it.</summary>
/// <param name="Latency">Seconds.</param>
internal sealed record AttemptView(
    DateTimeOffset At, string BatchId, int Events, int Bytes, string Outcome, int? Status, double Latency, string? Error, string Response)
{
    public static AttemptView Of(Attempt attempt) => new(
        attempt.At,
        attempt.BatchId,
        attempt.Events,
        attempt.Bytes,
        Words.Kebab(attempt.Decision),
        attempt.Outcome.Status,
        Math.Round(attempt.Latency.TotalSeconds, 6),
        attempt.Outcome.Error,
        attempt.Outcome.Response);
}
