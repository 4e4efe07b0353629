using Akka.Event;

namespace ActorWebhooks.Tests.Journal;

/// <summary>A log that the test reads.</summary>
internal sealed class RecordingLog() : LoggingAdapterBase(DefaultLogMessageFormatter.Instance)
{
    public List<(LogLevel Level, string Text)> Lines { get; } = [];

    public override bool IsDebugEnabled => false;

    public override bool IsInfoEnabled => true;

    public override bool IsWarningEnabled => true;

    public override bool IsErrorEnabled => true;

    public IEnumerable<string> Errors => Lines.Where(line => line.Level == LogLevel.ErrorLevel).Select(line => line.Text);

    protected override void NotifyLog(LogLevel logLevel, object message, Exception? cause = null) =>
        Lines.Add((logLevel, message.ToString() ?? ""));
}
