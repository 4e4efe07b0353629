using ActorWebhooks.Configuration;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Routing;

/// <summary>
/// Reads the webhook file for the supervisor: when asked, and when it changes. A change is read after a short quiet time, so that a file
/// that an editor writes in several steps, or puts in place by renaming, is read once and whole.
/// </summary>
#pragma warning disable CA1001 // An actor lets go of what it owns in PostStop.
internal sealed class ConfigurationActor(string file, TimeSpan quietTime) : UntypedActor, IWithTimers
#pragma warning restore CA1001
{
    private const string QuietTimer = "quiet";

    // Where Kubernetes mounts a file from a volume, what changes is this link beside it.
    private const string MountedData = "..data";

    private FileSystemWatcher? _watcher;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case FileChanged:
                Timers.StartSingleTimer(QuietTimer, IsQuiet.Instance, quietTime);
                break;

            case IsQuiet:
                Read(ActorRefs.Nobody);
                break;

            case ReloadWebhooks:
                Read(Sender);
                break;
        }
    }

    protected override void PreStart()
    {
        var path = Path.GetFullPath(file);
        var (self, name) = (Self, Path.GetFileName(path));
        try
        {
            _watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!);
            _watcher.Changed += (_, change) => OnChange(change.Name);
            _watcher.Created += (_, change) => OnChange(change.Name);
            _watcher.Renamed += (_, change) => OnChange(change.Name);

            // Changes were missed, as when too many come at once.
            _watcher.Error += (_, _) => self.Tell(FileChanged.Instance);
            _watcher.EnableRaisingEvents = true;

            // It may have changed between its first reading and here.
            self.Tell(FileChanged.Instance);
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException)
        {
            Context.GetLogger().Warning("{0} cannot be watched for changes, so they need a ReloadWebhooks message: {1}", path, e.Message);
        }

        void OnChange(string? changed)
        {
            if (changed == name || changed == MountedData)
                self.Tell(FileChanged.Instance);
        }
    }

    protected override void PostStop() => _watcher?.Dispose();

    private void Read(IActorRef askedBy) =>
        Task.Run(() => new ConfigurationRead(WebhookFile.Load(file), askedBy)).PipeTo(Context.Parent);

    private sealed class FileChanged
    {
        public static readonly FileChanged Instance = new();
    }

    private sealed class IsQuiet
    {
        public static readonly IsQuiet Instance = new();
    }
}
