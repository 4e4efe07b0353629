using System.Diagnostics;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Durability.DatabaseFile;

/// <summary>File systems of the test's own.</summary>
internal static class Mounts
{
    /// <summary>Whether this user may mount; the standing checks run as one who may.</summary>
    public static bool ArePossible { get; } = OperatingSystem.IsLinux() && TryMount();

    public static Task AddAsync(string folder, string options) => RunAsync("mount", "-t", "tmpfs", "-o", $"{options},mode=700", "tmpfs", folder);

    /// <summary>At once, even when a failed test has left a server there.</summary>
    public static Task RemoveAsync(string folder) => RunAsync("umount", "-l", folder);

    private static bool TryMount()
    {
        using var folder = new Folder();
        try
        {
            AddAsync(folder.Path, "size=8k").GetAwaiter().GetResult();
            RemoveAsync(folder.Path).GetAwaiter().GetResult();
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(error);
    }
}
