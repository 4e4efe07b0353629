using System.Collections.Immutable;
using System.Diagnostics;
using ActorWebhooks.Actors;
using ActorWebhooks.Configuration;
using ActorWebhooks.Configuration.Files;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Routing;

/// <summary>
/// Reads the webhook file for the supervisor: when asked, and when it changes, or one that a macro in it names. A change is read after a
/// short quiet time, so that a file that an editor writes in several steps, or puts in place by renaming, is read once and whole. One reading
/// at a time, on a thread of its own, as a file may be on a disk that does not answer.
/// </summary>
/// <param name="file">What is watched.</param>
/// <param name="load">Reads it.</param>
/// <param name="quietTime">How long it must not have changed before it is read again.</param>
#pragma warning disable CA1001 // An actor lets go of what it owns in PostStop.
internal sealed class ConfigurationActor(string file, Func<string, ConfigurationResult> load, TimeSpan quietTime) : RestingActor
#pragma warning restore CA1001
{
    private const string QuietTimer = "quiet";
    private const string LookTimer = "look";

    // Where Kubernetes mounts a file from a volume, what changes is this link beside it.
    private const string MountedData = "..data";

    private const int MostWaiting = 100;

    // Looking takes at most a twentieth of the time, however many files there are.
    private const int RestOfLook = 20;

    // What the system tells of the folder of the file is not all: links lead elsewhere, and macros name files elsewhere.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    private readonly List<IActorRef> _waiting = [];
    private FileSystemWatcher? _watcher;
    private ImmutableArray<FileSight> _seen = [];
    private bool _isReading;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case FileChanged:
                Timers.StartSingleTimer(QuietTimer, IsQuiet.Instance, quietTime);
                break;

            case LookAgain:
                Look();
                break;

            case Looked looked:
                if (looked.HasChanged && !Timers.IsTimerActive(QuietTimer))
                    Timers.StartSingleTimer(QuietTimer, IsQuiet.Instance, quietTime);
                LookLater(looked.Took * RestOfLook);
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
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException)
        {
            Context.GetLogger().Warning("{0} cannot be watched for changes, so it is looked at every {1} s: {2}", path, LookInterval.TotalSeconds, e.Message);
        }

        // It may have changed between its first reading and here.
        self.Tell(FileChanged.Instance);

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
        ImmutableArray<IActorRef> askedBy = [.. _waiting];
        _waiting.Clear();
        Task.Factory.StartNew(
            () => new FileRead(load(file), askedBy), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).PipeTo(Self);
    }

    private void OnRead(FileRead read)
    {
        Context.Parent.Tell(new ConfigurationRead(read.Result, read.AskedBy));
        if (_seen.IsEmpty && !read.Result.Files.IsEmpty)
            LookLater(LookInterval);
        _seen = read.Result.Files;
        EndReading();
    }

    private void LookLater(TimeSpan rest) =>
        Timers.StartSingleTimer(LookTimer, LookAgain.Instance, rest > LookInterval ? rest : LookInterval);

    // One look at a time: a disk that does not answer holds one thread.
    private void Look()
    {
        var seen = _seen;
        Task.Run(() =>
        {
            var since = Stopwatch.GetTimestamp();
            var hasChanged = seen.Any(file => !file.IsCurrent());
            return new Looked(hasChanged, Stopwatch.GetElapsedTime(since));
        }).PipeTo(Self, failure: _ => new Looked(HasChanged: false, LookInterval));
    }

    private void EndReading()
    {
        _isReading = false;
        if (_waiting.Count > 0)
            Read();
    }

    private sealed record FileRead(ConfigurationResult Result, ImmutableArray<IActorRef> AskedBy) : INoSerializationVerificationNeeded;

    private sealed record Looked(bool HasChanged, TimeSpan Took) : INoSerializationVerificationNeeded;

    private sealed class LookAgain
    {
        public static readonly LookAgain Instance = new();
    }

    private sealed class FileChanged
    {
        public static readonly FileChanged Instance = new();
    }

    private sealed class IsQuiet
    {
        public static readonly IsQuiet Instance = new();
    }
}
