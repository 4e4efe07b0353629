namespace ActorWebhooks.Server.Commands;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Refused, or it did not work; standard error says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong; standard error says how.</summary>
    public const int Usage = 2;
}
