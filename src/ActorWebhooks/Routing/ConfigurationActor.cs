using ActorWebhooks.Actors;
using ActorWebhooks.Configuration;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Routing;

/// <summary>
/// Reads the webhook file for the supervisor: when asked, and when it changes. A change is read after a short quiet time, so that a file
/// that an editor writes in several steps, or puts in place by renaming, is read once and whole. One reading at a time, on a thread of its
/// own, as the file, or one that a macro names, may be on a disk that does not answer.
/// </summary>
/// <param name="file">What is watched.</param>
/// <param name="load">Reads it.</param>
/// <param name="quietTime">How long it must not have changed before it is read again.</param>
#pragma warning disable CA1001 // An actor lets go of what it owns in PostStop.
internal sealed class ConfigurationActor(string file, Func<string, ConfigurationResult> load, TimeSpan quietTime) : RestingActor
#pragma warning restore CA1001
{
    private const string QuietTimer = "quiet";

    // Where Kubernetes mounts a file from a volume, what changes is this link beside it.
    private const string MountedData = "..data";

    private const int MostWaiting = 100;

    private readonly List<IActorRef> _waiting = [];
    private FileSystemWatcher? _watcher;
    private bool _isReading;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case FileChanged:
                Timers.StartSingleTimer(QuietTimer, IsQuiet.Instance, quietTime);
                break;

            case IsQuiet:
                Ask(ActorRefs.Nobody);
                break;

            case ReloadWebhooks:
                Ask(Sender);
                break;

            case FileRead read:
                OnRead(read);
                break;

            case Status.Failure failure:
                Context.GetLogger().Error(failure.Cause, "{0} could not be read through a fault in the engine", file);
                EndReading();
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

    // Who asks while the file is being read may know of a change that this reading misses, so it is read once more.
    private void Ask(IActorRef askedBy)
    {
        if (_waiting.Count == MostWaiting)
        {
            askedBy.Tell(new WebhooksReloaded([$"{file} is still being read for {MostWaiting} others who asked before. Ask again when the disk that it is on answers."]));
            return;
        }

        _waiting.Add(askedBy);
        if (!_isReading)
            Read();
    }

    private void Read()
    {
        _isReading = true;
        IActorRef[] askedBy = [.. _waiting];
        _waiting.Clear();
        Task.Factory.StartNew(
            () => new FileRead(load(file), askedBy), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).PipeTo(Self);
    }

    private void OnRead(FileRead read)
    {
        foreach (var askedBy in read.AskedBy)
            Context.Parent.Tell(new ConfigurationRead(read.Result, askedBy));
        EndReading();
    }

    private void EndReading()
    {
        _isReading = false;
        if (_waiting.Count > 0)
            Read();
    }

    private sealed record FileRead(ConfigurationResult Result, IActorRef[] AskedBy) : INoSerializationVerificationNeeded;

    private sealed class FileChanged
    {
        public static readonly FileChanged Instance = new();
    }

    private sealed class IsQuiet
    {
        public static readonly IsQuiet Instance = new();
    }
}
