using System.Globalization;
using System.Text;

namespace ActorWebhooks.Server.Tests.Testing;

/// <summary>Keeps what is written, from any thread, and tells when a text has come.</summary>
internal sealed class Screen() : TextWriter(CultureInfo.InvariantCulture)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    public override Encoding Encoding => Encoding.UTF8;

    public string Text
    {
        get
        {
            lock (_lock)
                return _text.ToString();
        }
    }

    public IReadOnlyList<string> Lines => Text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value)
    {
        lock (_lock)
        {
            _text.Append(value);
            _awaited.RemoveAll(awaited => awaited.Seen.Task.IsCompleted);
            if (_awaited.Count == 0)
                return;
            var text = _text.ToString();
            foreach (var (awaited, seen) in _awaited)
            {
                if (text.Contains(awaited, StringComparison.Ordinal))
                    seen.TrySetResult();
            }
        }
    }

    public override void WriteLine(string? value) => Write(value + Environment.NewLine);

    /// <summary>Completes when <paramref name="text"/> stands there.</summary>
    public async Task Shows(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
            _awaited.Add((text, seen));
        Write("");
        await Task.WhenAny(seen.Task, Task.Delay(Patience));
        Assert.True(seen.Task.IsCompleted, $"'{text}' did not appear in:{Environment.NewLine}{Text}");
    }
}
