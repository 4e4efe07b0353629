using System.Diagnostics;

namespace ActorWebhooks.Server.Tests.Testing;

/// <summary>A screen that a test reads while others write to it.</summary>
internal sealed class ScreenText : StringWriter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();

    public string Text
    {
        get
        {
            lock (_gate)
                return ToString();
        }
    }

    public IReadOnlyList<string> Lines => Text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    public override void Write(char value)
    {
        lock (_gate)
            base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        lock (_gate)
            base.Write(buffer, index, count);
    }

    public override void Write(string? value)
    {
        lock (_gate)
            base.Write(value);
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override void WriteLine(string? value) => Write(value + Environment.NewLine);

    /// <summary>Waits until <paramref name="text"/> stands there.</summary>
    public async Task Shows(string text)
    {
        var since = Stopwatch.GetTimestamp();
        while (!Text.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Patience, $"'{text}' did not appear in:{Environment.NewLine}{Text}");
            await Task.Delay(Interval);
        }
    }
}
