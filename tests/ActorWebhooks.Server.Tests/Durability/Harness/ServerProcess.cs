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
    private const string Script = $"trap '' XFSZ; [ -z \"${FileLimitVariable}\" ] || ulimit -f \"${FileLimitVariable}\"; exec dotnet \"$@\"";

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri?> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="arguments">After <c>run --urls …</c>.</param>
    public ServerProcess(IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo(
            "sh",
            ["-c", Script, "sh", typeof(CommandLine).Assembly.Location, RunCommand.Verb, "--urls", "http://127.0.0.1:0", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => SeeOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => SeeError(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Exited = _process.WaitForExitAsync();
    }

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
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await Exited;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();

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
