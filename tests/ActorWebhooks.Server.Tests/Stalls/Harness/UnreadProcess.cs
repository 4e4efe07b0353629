using System.Diagnostics;
using ActorWebhooks.Server.Commands;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Stalls.Harness;

/// <summary>A server whose output goes into pipes that nobody reads any more once it has told where it listens.</summary>
internal sealed class UnreadProcess : IDisposable
{
    private readonly Process _process;

    private UnreadProcess(string folder, IEnumerable<string> arguments) => _process = Process.Start(
        new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    public Uri Url { get; private set; } = null!;

    public int ExitCode => _process.ExitCode;

    /// <param name="folder">The current folder of the process.</param>
    public static async Task<UnreadProcess> StartAsync(Folder folder, params IReadOnlyList<string> arguments)
    {
        var process = new UnreadProcess(folder.Path, arguments);
        while (await process._process.StandardOutput.ReadLineAsync().Patiently() is { } line)
        {
            if (line.IndexOf("http://", StringComparison.Ordinal) is >= 0 and var start)
            {
                process.Url = new Uri(line[start..].Split(' ')[0]);
                return process;
            }
        }

        throw new InvalidOperationException(await process._process.StandardError.ReadToEndAsync());
    }

    /// <summary>Ends it by SIGTERM.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> StopAsync()
    {
        var since = Stopwatch.GetTimestamp();
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync().Patiently();
        return Stopwatch.GetElapsedTime(since);
    }

    /// <summary>What the pipe of standard output holds, and what comes until the process ends.</summary>
    public Task<string> RestOfOutputAsync() => _process.StandardOutput.ReadToEndAsync();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
