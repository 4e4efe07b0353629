using System.Globalization;
using ActorWebhooks.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ActorWebhooks.Server.Hosting;

/// <summary>
/// One line for each entry of the log, cut, without the secrets of the node, and without characters that steer a terminal: what is logged quotes
/// endpoints, other nodes, the database and callers.
/// </summary>
internal sealed class CleanConsoleFormatter(LogSecrets secrets, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "clean";

    /// <summary>Of one entry, with its exception.</summary>
    public const int MaxLength = 8 * 1024;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        if (logEntry.Exception is { } exception)
            message = $"{message} {exception}";
        textWriter.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{time.GetLocalNow():HH:mm:ss} {Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {OutsideText.Clean(message, secrets.Redactor, MaxLength)}"));
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
