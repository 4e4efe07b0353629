namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>What the database file has to say.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Note}")]
    public static partial void Note(ILogger logger, string note);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Words}")]
    public static partial void Lost(ILogger logger, string words);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Words}")]
    public static partial void Back(ILogger logger, string words);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Everything that was accepted is in {File} now: the node may be ended.")]
    public static partial void Saved(ILogger logger, string file);

    [LoggerMessage(Level = LogLevel.Error, Message = "What was accepted could not be saved yet, and is lost if the node ends: {Fault}")]
    public static partial void NotSaved(ILogger logger, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database file could not be looked after: {Fault}")]
    public static partial void UpkeepFailed(ILogger logger, string fault);
}
