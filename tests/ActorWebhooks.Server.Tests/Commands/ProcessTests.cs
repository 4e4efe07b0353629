using System.Diagnostics;
using ActorWebhooks.Server.Commands;

namespace ActorWebhooks.Server.Tests.Commands;

public sealed class ProcessTests
{
    [Fact]
    public async Task Check_as_a_process_tells_errors_on_standard_error()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "[webhook.\"a\"");
            var (exitCode, output, error) = await RunAsync("check", file);
            Assert.Equal((1, ""), (exitCode, output));
            Assert.StartsWith($"{file}:1:", error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Help_shows_every_verb()
    {
        var (exitCode, output, _) = await RunAsync("--help");
        Assert.Equal(0, exitCode);
        foreach (var verb in (string[])["run", "check", "match", "listen", "send", "reload", "why"])
            Assert.Contains($"  {verb}", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
