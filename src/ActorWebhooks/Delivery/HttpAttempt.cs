using System.Buffers;
using System.Text;

namespace ActorWebhooks.Delivery;

/// <summary>One HTTP request, from its start to the beginning of the response body. It never throws; what goes wrong is the outcome.</summary>
internal static class HttpAttempt
{
    public const int ResponseExcerptBytes = 4096;

    public static async Task<AttemptFinished> RunAsync(
        HttpMessageInvoker http, StartAttempt attempt, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            using var request = RequestFactory.Create(attempt.Endpoint, attempt.Batch, time.GetUtcNow());
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var excerpt = await ReadExcerptAsync(response, cancellationToken).ConfigureAwait(false);
            var outcome = new AttemptOutcome(
                AttemptEnd.Response, (int)response.StatusCode, Response: excerpt, RetryAfter: RetryAfterOf(response, time.GetUtcNow()));
            return new AttemptFinished(attempt.Number, outcome);
        }
#pragma warning disable CA1031 // Whatever it is, the batch must not be forgotten: it becomes an outcome.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new AttemptFinished(attempt.Number, OutcomeOf(e));
        }
    }

    private static AttemptOutcome OutcomeOf(Exception e) => e switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } tls =>
            new AttemptOutcome(AttemptEnd.TlsError, Error: MessageOf(tls)),
        HttpRequestException or IOException => new AttemptOutcome(AttemptEnd.NetworkError, Error: MessageOf(e)),
        OperationCanceledException => new AttemptOutcome(AttemptEnd.NetworkError, Error: "cancelled"),
        _ => new AttemptOutcome(AttemptEnd.Fault, Error: e.ToString()),
    };

    // Seconds or an HTTP date, RFC 9110 section 10.2.3.
    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, DateTimeOffset now) =>
        response.Headers.RetryAfter is { } retryAfter ? retryAfter.Delta ?? retryAfter.Date - now : null;

    private static string MessageOf(Exception e) =>
        e.InnerException is { } inner && !e.Message.Contains(inner.Message, StringComparison.Ordinal)
            ? $"{e.Message} {inner.Message}"
            : e.Message;

    private static async Task<string> ReadExcerptAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength == 0)
            return "";
        var buffer = ArrayPool<byte>.Shared.Rent(ResponseExcerptBytes);
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var read = await stream
                .ReadAtLeastAsync(buffer.AsMemory(0, ResponseExcerptBytes), ResponseExcerptBytes, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            return Encoding.UTF8.GetString(buffer, 0, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
