using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using ActorWebhooks.Configuration;
using ActorWebhooks.Connections;
using ActorWebhooks.Delivery.Egress;
using ActorWebhooks.Outbox;
using ActorWebhooks.Text;

namespace ActorWebhooks.Delivery;

/// <summary>One HTTP request, from its start to the beginning of the response body. It never throws; what goes wrong is the outcome.</summary>
internal sealed class HttpAttempt(StartAttempt attempt, HttpTransport transport, TimeProvider time)
{
    /// <summary>As much as an excerpt of the longest characters may need, and a secret at its end.</summary>
    public const int ResponseExcerptBytes = 4096;

    /// <summary>The longest that a response body is waited for, as it is only read for the log.</summary>
    public static readonly TimeSpan BodyPatience = TimeSpan.FromSeconds(5);

    // A request in HTTP/2 of which nothing is taken for so long waits for others, as a rule.
    private static readonly TimeSpan StallPatience = TimeSpan.FromSeconds(2);

    // A request that was given an idle connection which was closed at that moment was not sent: it is sent over another at once.
    private const int MaxEvictions = 10;

    private readonly long _start = time.GetTimestamp();
    private volatile bool _hasResponse;
    private volatile AttemptScope? _scope;
    private bool _isEvicted;
    private bool _isForHttp1;

    public long Number => attempt.Number;

    public TimeSpan Timeout => attempt.Endpoint.Timeout;

    /// <summary>Whether the status is known, which decides from then on, whatever follows.</summary>
    public bool HasAnswer => _hasResponse || _scope is { Status: > 0 };

    /// <summary>Whether the head of the response has come whole. From then on the attempt ends within its timeout by itself.</summary>
    public bool HasResponse => _hasResponse;

    public async Task<AttemptFinished> RunAsync(HttpMessageInvoker http, CancellationToken cancellationToken)
    {
        for (var evictions = 0; ;)
        {
            var outcome = await SendAsync(http, cancellationToken).ConfigureAwait(false);
            if (_isForHttp1)
                continue;
            if (outcome.Kind != AttemptEnd.NodeTrouble || !_isEvicted || ++evictions > MaxEvictions)
                return new AttemptFinished(attempt.Number, outcome);
        }
    }

    private async Task<AttemptOutcome> SendAsync(HttpMessageInvoker http, CancellationToken cancellationToken)
    {
        AttemptScope? scope = null;
        var endpoint = attempt.Endpoint;
        var (isAuto, isInHttp2) = (endpoint.HttpVersion == HttpVersionChoice.Auto, endpoint.MayUseHttp2);
        isInHttp2 &= !isAuto || !transport.Stalled.Has(endpoint.Url, time.Now());
        (_isEvicted, _isForHttp1) = (false, false);
        BatchContent? content = null;
        try
        {
            content = new BatchContent(attempt.Batch.Body, isInHttp2, isAuto ? StallPatience : null);
            using var request = RequestFactory.Create(endpoint, attempt.Batch, content, isInHttp2, time.GetUtcNow());
            _scope = scope = AttemptScope.Begin(request);
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            _hasResponse = true;
            var retryAfter = RetryAfterOf(response, time.GetUtcNow(), out var nonsense);
            var (excerpt, error) = await ReadExcerptAsync(response, cancellationToken).ConfigureAwait(false);
            if (HasBadLength(response.Content.Headers))
                error ??= MalformedWords((int)response.StatusCode, "its Content-Length is not one number");
            if (scope.IsCutOff)
                error ??= Decides((int)response.StatusCode, "the endpoint answered before it had taken the whole request, and the rest was not sent");
            return new AttemptOutcome(AttemptEnd.Response, (int)response.StatusCode, error, excerpt, retryAfter)
            {
                RetryAfterNonsense = nonsense is null ? null : Clean(nonsense),
            };
        }
#pragma warning disable CA1031 // Whatever it is, the batch must not be forgotten: it becomes an outcome.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _isEvicted = !cancellationToken.IsCancellationRequested && NodeTrouble.IsEviction(e);
            _isForHttp1 = isInHttp2 && isAuto && !cancellationToken.IsCancellationRequested && (content is { HasStalled: true } || ErrorWords.WantsHttp1(e));
            if (_isForHttp1)
                transport.Stalled.Add(endpoint.Url, time.Now());
            return scope is { Status: > 0 } ? MalformedResponse(scope, e) : OutcomeOf(e, scope);
        }
        finally
        {
            if (scope is not null)
                transport.Connections.End(scope);
        }
    }

    // The client takes no notice of one.
    private static bool HasBadLength(HttpContentHeaders headers) =>
        headers.NonValidated.TryGetValues("Content-Length", out var lengths)
        && (lengths.Count > 1 || !long.TryParse(lengths.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out _));

    // The status line decides, although what followed it could not be read.
    private AttemptOutcome MalformedResponse(AttemptScope scope, Exception e)
    {
        using var response = new HttpResponseMessage();
        if (scope.RetryAfter is { } retryAfter)
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        var what = e is OperationCanceledException ? "its head did not end" : ErrorWords.InnermostOf(e);
        return new AttemptOutcome(
            AttemptEnd.Response,
            scope.Status,
            MalformedWords(scope.Status, what),
            RetryAfter: RetryAfterOf(response, time.GetUtcNow(), out var nonsense))
        {
            RetryAfterNonsense = nonsense is null ? null : Clean(nonsense),
        };
    }

    private string MalformedWords(int status, string what) => Decides(status, $"the response was malformed: {what}");

    private string Decides(int status, string what) => Clean($"{(status is >= 200 and <= 299 ? "delivered" : "the status decides")}; {what}");

    private AttemptOutcome OutcomeOf(Exception e, AttemptScope? scope) => e switch
    {
        _ when _isEvicted => new AttemptOutcome(AttemptEnd.NodeTrouble, Error: ConnectionEvictedException.Words),
        _ when TargetRefusedException.IsIn(e) => new AttemptOutcome(AttemptEnd.TargetRefused, Error: TargetRefusedException.Words),
        _ when NodeTrouble.In(e) is { } lack => new AttemptOutcome(AttemptEnd.NodeTrouble, Error: lack),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } tls =>
            new AttemptOutcome(AttemptEnd.TlsError, Error: Clean(ErrorWords.Of(tls, attempt.Endpoint))),
        HttpRequestException or IOException when scope is { IsHttp2: true } => new AttemptOutcome(AttemptEnd.NetworkError, Error: ErrorWords.Http2Only),
        HttpRequestException or IOException => new AttemptOutcome(AttemptEnd.NetworkError, Error: Clean(ErrorWords.Of(e, attempt.Endpoint)))
        {
            IsUnsent = e is HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError,
            },
        },
        OperationCanceledException => new AttemptOutcome(AttemptEnd.NetworkError, Error: "cancelled"),
        _ => new AttemptOutcome(AttemptEnd.Fault, Error: Clean(e.ToString())),
    };

    // Errors and excerpts quote the endpoint or the proxy, and these may echo the request with its secrets.
    private string Clean(string text, bool isCut = false) =>
        text.Length == 0 ? text : OutsideText.Clean(transport.ProxySecrets.Redact(text, isCut), attempt.Endpoint.Redactor, isCut: isCut);

    /// <summary>The longest wait of all lines of the header.</summary>
    /// <param name="nonsense">What stands there when nothing of it can be read.</param>
    internal static TimeSpan? RetryAfterOf(HttpResponseMessage response, DateTimeOffset now, out string? nonsense)
    {
        nonsense = null;
        if (!response.Headers.NonValidated.TryGetValues("Retry-After", out var lines))
            return null;
        TimeSpan? longest = null;
        foreach (var line in lines)
        {
            if (RetryAfterText.Parse(line, now) is { } wait && !(wait <= longest))
                longest = wait;
        }

        if (longest is null)
            nonsense = lines.ToString();
        return longest;
    }

    // The status has said what became of the batch: a body that breaks, drips or never ends must not make a delivered one come again.
    private async Task<(string Excerpt, string? Error)> ReadExcerptAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength == 0)
            return ("", null);
        string? error = null;
        var buffer = ArrayPool<byte>.Shared.Rent(ResponseExcerptBytes);
        var (length, isWhole) = (0, false);
        try
        {
            using var patience = new CancellationTokenSource(RestOfPatience(), time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
            var stream = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            for (var read = -1; read != 0 && length < ResponseExcerptBytes; length += read)
            {
                read = await stream.ReadAsync(buffer.AsMemory(length, ResponseExcerptBytes - length), either.Token).ConfigureAwait(false);
                isWhole = read == 0;
            }
        }
#pragma warning disable CA1031 // See above; what came until then is the excerpt.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (e is HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded })
                error = MalformedWords((int)response.StatusCode, ErrorWords.InnermostOf(e));
        }

        // A character whose end is missing is left out, so that the beginning of a secret before it is recognized.
        var excerpt = new char[length];
        Encoding.UTF8.GetDecoder().Convert(buffer.AsSpan(0, length), excerpt, flush: isWhole, out _, out var characters, out _);
        ArrayPool<byte>.Shared.Return(buffer);
        return (Clean(new string(excerpt, 0, characters), isCut: !isWhole), error);
    }

    private TimeSpan RestOfPatience()
    {
        var rest = Timeout - time.GetElapsedTime(_start);
        return rest > BodyPatience ? BodyPatience : rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }
}
