namespace ActorWebhooks.Server.Storage.Postgres;

/// <summary>What the table has to say.</summary>
internal static partial class PostgresLog
{
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The storage settings of the table journal stay as they are ({Fault}): its owner may set autovacuum_vacuum_scale_factor to 0 and "
            + "autovacuum_vacuum_threshold to 1000 and, with the prefix toast., to 5000.")]
    public static partial void NotTuned(ILogger logger, string fault);
}
