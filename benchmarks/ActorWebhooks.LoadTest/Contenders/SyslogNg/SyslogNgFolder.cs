namespace ActorWebhooks.LoadTest.Contenders.SyslogNg;

/// <summary>A temporary folder with all that the process reads and writes, so that it never meets the syslog of the machine.</summary>
internal sealed class SyslogNgFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("load-syslog-ng-").FullName;

    public string Configuration => InFolder("syslog-ng.conf");

    public string PersistFile => InFolder("persist");

    public string PidFile => InFolder("pid");

    public string ControlSocket => InFolder("control");

    public string EventSocket => InFolder("events");

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string InFolder(string name) => System.IO.Path.Combine(Path, name);
}
