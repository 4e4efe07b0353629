using System.Diagnostics;
using System.Net.Sockets;

namespace ActorWebhooks.LoadTest.Contenders.SyslogNg;

/// <summary>A syslog-ng in the foreground, with files and sockets of its own.</summary>
internal sealed class SyslogNgProcess : IAsyncDisposable
{
    private const string Program = "/usr/sbin/syslog-ng";
    private const string Modules = "/usr/lib/syslog-ng";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SyslogNgFolder _folder;

    private SyslogNgProcess(SyslogNgFolder folder, Process process) => (_folder, Process) = (folder, process);

    /// <summary>Whether the program is there, with the module that posts.</summary>
    public static bool IsInstalled =>
        File.Exists(Program)
        && Directory.Exists(Modules)
        && Directory.EnumerateFiles(Modules, "libhttp.so", SearchOption.AllDirectories).Any();

    public Process Process { get; }

    public static async Task<SyslogNgProcess> StartAsync(Func<SyslogNgFolder, string> configure)
    {
        var folder = new SyslogNgFolder();
        await File.WriteAllTextAsync(folder.Configuration, configure(folder));
        var process = Process.Start(
            Program,
            [
                "--foreground", "--no-caps",
                "--cfgfile", folder.Configuration,
                "--persist-file", folder.PersistFile,
                "--control", folder.ControlSocket,
                "--pidfile", folder.PidFile,
            ]);
        return new SyslogNgProcess(folder, process);
    }

    /// <summary>A connection for events, as soon as they are listened to.</summary>
    public async Task<Socket> ConnectAsync()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(_folder.EventSocket));
                return socket;
            }
            catch (SocketException) when (!Process.HasExited && waited.Elapsed < Patience)
            {
                socket.Dispose();
                await Task.Delay(20);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Process.Dispose();
        _folder.Dispose();
    }

    private async Task StopAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var control = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await control.ConnectAsync(new UnixDomainSocketEndPoint(_folder.ControlSocket), patience.Token);
            await control.SendAsync("STOP\n"u8.ToArray(), patience.Token);
            await Process.WaitForExitAsync(patience.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            Process.Kill();
            await Process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
