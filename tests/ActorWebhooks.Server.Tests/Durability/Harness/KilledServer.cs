using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>A server that is started again on the same data each time it was killed.</summary>
/// <param name="arguments">Of every life.</param>
internal sealed class KilledServer(params IReadOnlyList<string> arguments) : IDisposable
{
    /// <summary>The variable that tells a process which life it is.</summary>
    public const string LifeVariable = "LIFE";

    private readonly ConcurrentDictionary<int, TaskCompletionSource<Uri?>> _urls = new();
    private readonly List<ServerProcess> _processes = [];

    /// <summary>The running one, from 0.</summary>
    public int Life => _processes.Count - 1;

    /// <summary>What its first life is called in <see cref="LifeVariable"/>; the next ones count on from there.</summary>
    public int FirstName { get; init; }

    public int Name => FirstName + Life;

    public ServerProcess Process => _processes[^1];

    public ImmutableHashSet<int> Killed { get; private set; } = [];

    /// <summary>What all lives wrote to standard error.</summary>
    public string Errors => string.Join(Environment.NewLine, _processes.Select((process, life) => $"--- life {life}:\n{process.Error.Text}"));

    /// <summary>The names of the lives that wrote something to standard error.</summary>
    public IEnumerable<int> LivesThatSaid(string text) => _processes
        .Select((process, life) => (process.Error.Text, Name: FirstName + life))
        .Where(life => life.Text.Contains(text, StringComparison.Ordinal))
        .Select(life => life.Name);

    public void Start()
    {
        var life = _processes.Count;
        var process = new ServerProcess(arguments, (LifeVariable, (FirstName + life).ToString(CultureInfo.InvariantCulture)));
        _processes.Add(process);
        process.Url.ContinueWith(url => UrlSource(life).TrySetResult(url.Result), TaskScheduler.Default);
    }

    /// <summary>Where a life listens, when it does; null if it ended before.</summary>
    public Task<Uri?> UrlOf(int life) => UrlSource(life).Task;

    /// <summary>Where the running one listens.</summary>
    public async Task<Uri> UrlAsync() => await UrlOf(Life).Patiently() ?? throw EndedByItself();

    public static InvalidOperationException EndedByItself() => new("The server ended by itself.");

    public async Task KillAsync()
    {
        if (Process.Exited.IsCompleted)
            throw EndedByItself();
        Killed = Killed.Add(Life);
        await Process.KillAsync().Patiently();
    }

    /// <summary>In order, as by SIGTERM.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        await Process.StopAsync().Patiently();
        return Process.ExitCode;
    }

    public void Dispose()
    {
        foreach (var process in _processes)
            process.Dispose();
    }

    private TaskCompletionSource<Uri?> UrlSource(int life) =>
        _urls.GetOrAdd(life, _ => new TaskCompletionSource<Uri?>(TaskCreationOptions.RunContinuationsAsynchronously));
}
