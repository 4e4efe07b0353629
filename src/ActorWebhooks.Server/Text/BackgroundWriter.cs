using System.Globalization;
using System.Text;

namespace ActorWebhooks.Server.Text;

/// <summary>
/// Writes on a thread of its own, so that whoever prints never waits for the reader of a pipe or a terminal. Text is kept up to a bound; beyond
/// it pieces are left out, and the output says how many.
/// </summary>
internal sealed class BackgroundWriter : TextWriter
{
    /// <summary>What may wait, in characters. A single piece may be longer when nothing else waits.</summary>
    public const int MaxWaiting = 1024 * 1024;

    private static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(1);

    private readonly TextWriter _output;
    private readonly TimeSpan _timeToFinish;
    private readonly object _lock = new();
    private readonly Queue<string> _waiting = new();
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waitingLength;
    private int _leftOut;
    private bool _isEnding;

    /// <param name="timeToFinish">How long a disposal waits for what is still to be written; default 1 s.</param>
    public BackgroundWriter(TextWriter output, TimeSpan? timeToFinish = null)
        : base(CultureInfo.InvariantCulture)
    {
        (_output, _timeToFinish) = (output, timeToFinish ?? TimeToFinish);
        new Thread(Work) { IsBackground = true, Name = "output" }.Start();
    }

    public override Encoding Encoding => _output.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        lock (_lock)
        {
            if (_isEnding || (_waitingLength > 0 && _waitingLength + value.Length > MaxWaiting))
            {
                _leftOut++;
                return;
            }

            _waiting.Enqueue(value);
            _waitingLength += value.Length;
            Monitor.Pulse(_lock);
        }
    }

    public override void WriteLine(string? value) => Write(value + Environment.NewLine);

    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    /// <summary>Waits a bounded time until all is written.</summary>
    public override async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isEnding = true;
            Monitor.Pulse(_lock);
        }

        await Task.WhenAny(_finished.Task, Task.Delay(_timeToFinish)).ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private void Work()
    {
        try
        {
            while (Next() is { } text)
            {
                _output.Write(text);
                _output.Flush();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Nobody will ever read it. What is written from now on fills the bound and is left out.
        }

        _finished.TrySetResult();
    }

    private string? Next()
    {
        lock (_lock)
        {
            while (_waiting.Count == 0 && _leftOut == 0 && !_isEnding)
                Monitor.Wait(_lock);
            if (_waiting.TryDequeue(out var text))
            {
                _waitingLength -= text.Length;
                return text;
            }

            if (_leftOut == 0)
                return null;
            var notice = $"({_leftOut} pieces of output are left out here: nobody read them in time.){Environment.NewLine}";
            _leftOut = 0;
            return notice;
        }
    }
}
