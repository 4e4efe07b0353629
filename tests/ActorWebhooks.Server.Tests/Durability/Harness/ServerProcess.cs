using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ActorWebhooks.Server.Commands;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>A server in a process of its own, on a free port.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    /// <summary>The variable that limits the files of a process from its start, in blocks of 512 bytes.</summary>
    public const string FileLimitVariable = "FILE_BLOCKS";

    // A write beyond a limit is to fail, as on a disk that is full, and not to end the process.
    private const string Script = $"trap '' XFSZ; [ -z \"${FileLimitVariable}\" ] || ulimit -f \"${FileLimitVariable}\"; exec \"$@\"";

    // A server that hangs would outlive a test program that is broken off.
    private static readonly ConcurrentDictionary<ServerProcess, bool> Running = new();

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri?> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static ServerProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var server in Running.Keys)
            server.Dispose();
    };

    /// <param name="arguments">After <c>run --urls …</c>.</param>
    public ServerProcess(IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> variables)
        : this("", [], arguments, variables)
    {
    }

    /// <param name="launcher">A command that becomes the one that follows it.</param>
    /// <param name="arguments">After <c>run --urls …</c>.</param>
    public ServerProcess(
        IEnumerable<string> launcher, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> variables)
        : this("", launcher, arguments, variables)
    {
    }

    private ServerProcess(
        string limits, IEnumerable<string> launcher, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo(
            "sh",
            [
                "-c", limits + Script, "sh", .. launcher,
                "dotnet", typeof(CommandLine).Assembly.Location, RunCommand.Verb, "--urls", "http://127.0.0.1:0", .. arguments,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        Running[this] = true;
        _process.OutputDataReceived += (_, line) => SeeOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => SeeError(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Exited = _process.WaitForExitAsync();
    }

    /// <summary>Of the operating system.</summary>
    public int Id => _process.Id;

    /// <summary>Null when it ended before it listened.</summary>
    public Task<Uri?> Url => _url.Task;

    /// <summary>It has ended, and all that it printed has been read.</summary>
    public Task Exited { get; }

    /// <summary>When it has exited.</summary>
    public int ExitCode => _process.ExitCode;

    public Screen Output { get; } = new();

    public Screen Error { get; } = new();

    public Task KillAsync()
    {
        _process.Kill();
        return Exited;
    }

    /// <summary>How many files, sockets included, it has open.</summary>
    public int OpenHandles => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    /// <summary>The most that it had resident at any time, in bytes.</summary>
    public long PeakMemory => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture) * 1024;

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a server that may have so many files open, sockets included.</summary>
    public static ServerProcess WithHandles(int handles, params IEnumerable<string> arguments) =>
        new(string.Create(CultureInfo.InvariantCulture, $"ulimit -n {handles}; "), [], arguments, []);

    /// <summary>It may open no more files when it has so many, until the limit is another one.</summary>
    public async Task LimitHandlesAsync(int handles)
    {
        using var limit = Process.Start("prlimit", ["--pid", $"{_process.Id}", $"--nofile={handles.ToString(CultureInfo.InvariantCulture)}:"]);
        await limit.WaitForExitAsync();
        Assert.Equal(0, limit.ExitCode);
    }

    /// <summary>No file that it writes may be larger.</summary>
    /// <param name="bytes">Null for no limit.</param>
    public async Task LimitFilesAsync(long? bytes)
    {
        using var limit = Process.Start("prlimit", ["--pid", $"{_process.Id}", $"--fsize={bytes?.ToString(CultureInfo.InvariantCulture) ?? "unlimited"}:unlimited"]);
        await limit.WaitForExitAsync();
        Assert.Equal(0, limit.ExitCode);
    }

    public async Task StopAsync()
    {
        await SignalAsync("TERM");
        await Exited;
    }

    /// <summary>It runs no instruction until it is continued, as when its machine is paused.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    public Task ContinueAsync() => SignalAsync("CONT");

    public void Dispose()
    {
        if (!Running.TryRemove(this, out _))
            return;
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private void SeeError(string? line)
    {
        if (line is not null)
            Error.WriteLine(line);
    }

    private void SeeOutput(string? line)
    {
        if (line is not null)
            Output.WriteLine(line);
        if (line is null)
            _url.TrySetResult(null);
        else if (Address().Match(line) is { Success: true } address)
            _url.TrySetResult(new Uri(address.Value));
    }
}
