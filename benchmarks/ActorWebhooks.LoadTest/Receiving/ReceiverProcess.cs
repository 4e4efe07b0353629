using System.Diagnostics;
using System.Net.Http.Json;
using ActorWebhooks.LoadTest.Measuring;

namespace ActorWebhooks.LoadTest.Receiving;

/// <summary>The receiver as the process that started it sees it.</summary>
internal sealed class ReceiverProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _countFile = Path.GetTempFileName();
    private readonly HttpClient _http = new();
    private Process _process = null!;

    public string CountFile => _countFile;

    public Uri Url { get; private set; } = null!;

    public TimeSpan Cpu => ProcessUsage.CpuOf(_process);

    /// <param name="port">Where it listens; 0: anywhere.</param>
    /// <param name="isNumbered">Whether the events are numbered, see <see cref="EventNumbers"/>.</param>
    public static async Task<ReceiverProcess> StartAsync(int port = 0, bool isNumbered = false)
    {
        var receiver = new ReceiverProcess();
        receiver._process = Self.Start(["receiver", receiver.CountFile, $"{port}", $"{isNumbered}"]);
        var line = await receiver._process.StandardOutput.ReadLineAsync();
        receiver.Url = new Uri(line ?? throw new InvalidOperationException("The receiver did not start."));
        return receiver;
    }

    public async Task<ArrivalReport> TakeReportAsync() =>
        (await _http.GetFromJsonAsync(new Uri(Url, Receiver.ReportPath), LoadJson.Default.ArrivalReport))!;

    /// <summary>Returns when so many events have arrived since the start of the receiver.</summary>
    /// <exception cref="TimeoutException">None has arrived for a minute.</exception>
    public async Task WaitAsync(long events, CancellationToken cancellationToken)
    {
        using var count = new SharedCount(CountFile);
        var (last, waited) = (count.Value, Stopwatch.StartNew());
        while (count.Value is var now && now < events)
        {
            if (now != last)
                (last, waited) = (now, Stopwatch.StartNew());
            if (waited.Elapsed > Patience)
                throw new TimeoutException($"{now} of {events} events have arrived, and none for a minute.");
            await Task.Delay(1, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        File.Delete(_countFile);
    }
}
