using System.Globalization;
using Xunit.Abstractions;

namespace ActorWebhooks.Chaos;

/// <summary>The file of a scenario with all that it saw. Takes lines from any thread.</summary>
internal sealed class RunLog(string path) : ITestOutputHelper, IDisposable
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _file = new(path) { AutoFlush = true };

    public string Path => path;

    public void WriteLine(string message)
    {
        lock (_lock)
            _file.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss} {message}");
    }

    public void WriteLine(string format, params object[] args) => WriteLine(string.Format(CultureInfo.InvariantCulture, format, args));

    public void Dispose() => _file.Dispose();
}
