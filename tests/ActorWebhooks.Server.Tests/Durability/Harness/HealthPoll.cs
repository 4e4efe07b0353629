using System.Diagnostics;
using System.Net;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>Asks a server for its health all the time, as a load balancer does.</summary>
internal sealed class HealthPoll : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _live;

    public HealthPoll(Uri url)
    {
        _http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(10) };
        _live = StayLiveAsync();
    }

    /// <summary>How often it said that it lives.</summary>
    public int LiveAnswers { get; private set; }

    /// <returns>What it says then, and how long that took.</returns>
    public async Task<(string Text, TimeSpan After)> BecomesAsync(HttpStatusCode status)
    {
        var since = Stopwatch.GetTimestamp();
        var answer = await Patience.Until(ReadyAsync, answer => answer.Status == status);
        return (answer.Text, Stopwatch.GetElapsedTime(since));
    }

    /// <summary>Fails when it was not live at some time.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _live;
        _http.Dispose();
        _over.Dispose();
    }

    private async Task<(HttpStatusCode Status, string Text)> ReadyAsync()
    {
        using var response = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        await Task.Delay(Interval);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task StayLiveAsync()
    {
        for (; !_over.IsCancellationRequested; LiveAnswers++)
        {
            using var response = await _http.GetAsync(new Uri("/health/live", UriKind.Relative));
            Assert.Equal((HttpStatusCode.OK, "live"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
            await Task.Delay(Interval);
        }
    }
}
