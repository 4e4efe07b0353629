using System.Diagnostics;

namespace ActorWebhooks.LoadTest.Contenders.SyslogNg;

/// <summary>
/// Debian's syslog-ng with its <c>http()</c> destination, as a process beside this one: a producer writes each event as a line of JSON to
/// a Unix socket, and syslog-ng gathers and posts them. It cannot sign.
/// </summary>
/// <param name="isDurable">Whether what waits is on disk, or in memory.</param>
internal sealed class SyslogNgContender(bool isDurable) : IContender
{
    private SyslogNgProcess? _process;
    private LineSocket? _lines;

    public static bool IsInstalled => SyslogNgProcess.IsInstalled;

    public Process? Helper => _process?.Process;

    public async Task StartAsync(Target target)
    {
        _process = await SyslogNgProcess.StartAsync(folder => SyslogNgConfiguration.Of(folder, target, isDurable));
        _lines = new LineSocket(await _process.ConnectAsync());
    }

    public ValueTask SendAsync(string type, SignIn data)
    {
        _lines!.Write(HandEvent.Create(type, data));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_lines is not null)
                await _lines.DisposeAsync();
        }
        finally
        {
            if (_process is not null)
                await _process.DisposeAsync();
        }
    }
}
