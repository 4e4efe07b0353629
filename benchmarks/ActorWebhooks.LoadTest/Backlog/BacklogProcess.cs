using System.Diagnostics;
using System.Text.Json;
using ActorWebhooks.LoadTest.Databases;
using ActorWebhooks.LoadTest.Measuring;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Backlog;

/// <summary>A <see cref="BacklogNode"/> as the process that started it sees it.</summary>
internal sealed class BacklogProcess : IAsyncDisposable
{
    private readonly Process _process;
    private bool _isKilled;

    public BacklogProcess(LoadPlan plan, Uri endpoint, DatabaseConnection journal) => _process = Self.Start(
        [
            "backlog-node",
            JsonSerializer.Serialize(plan, LoadJson.Default.LoadPlan),
            endpoint.ToString(),
            JsonSerializer.Serialize(journal, LoadJson.Default.DatabaseConnection),
        ]);

    /// <summary>The most that it had in RAM so far.</summary>
    public long Peak => ProcessUsage.PeakBytesOf(_process);

    public async Task<MemoryReport> ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith('{'))
                return JsonSerializer.Deserialize(line, LoadJson.Default.MemoryReport)!;
        }

        throw new InvalidOperationException("The process with the engine ended early; what it said is above.");
    }

    public async Task<MemoryReport> AskAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        return await ReadAsync();
    }

    /// <summary>As <c>kill -9</c> does it.</summary>
    public void Kill()
    {
        _process.Kill();
        _isKilled = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isKilled)
            _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
