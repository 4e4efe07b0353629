namespace ActorWebhooks.Connections;

/// <summary>
/// How the handles that a process may open are shared out: half of what is left for connections to endpoints, a quarter for connections
/// that come in, and the rest stays free.
/// </summary>
/// <param name="Deliveries">Connections to endpoints.</param>
/// <param name="Intake">Connections to the API.</param>
internal readonly record struct HandleBudget(int Deliveries, int Intake)
{
    public const int MaxDeliveries = 4096;
    public const int MaxIntake = 1000;

    // What a node opens by itself after its start: assemblies, two handles each, unless they come from memory; the journal; other nodes.
    private const int Reserve = 96;
    private const int ReserveWithoutAssemblies = 48;

    private const int Least = 8;

    /// <param name="limit">How many handles the process may have; null if there is no limit.</param>
    /// <param name="inUse">How many it has.</param>
    /// <param name="reserve">How many it will need besides connections.</param>
    public static HandleBudget Of(long? limit, int inUse, int reserve = Reserve)
    {
        if (limit is not { } all)
            return new(MaxDeliveries, MaxIntake);
        var left = Math.Max(0, all - inUse - reserve);
        return new((int)Math.Clamp(left / 2, Least, MaxDeliveries), (int)Math.Clamp(left / 4, Least, MaxIntake));
    }

    /// <summary>That of this process, now.</summary>
    public static HandleBudget OfProcess() => OpenFiles.Limit is { } limit
        ? Of(limit, OpenFiles.InUse, IsLoadedFromMemory ? ReserveWithoutAssemblies : Reserve)
        : Of(null, 0);

    private static bool IsLoadedFromMemory => typeof(HandleBudget).Assembly.Location.Length == 0;
}
