namespace ActorWebhooks.Fuzz;

/// <summary>Code that reads what others wrote.</summary>
/// <param name="Name">Of the folder with its findings too.</param>
/// <param name="Seeds">Inputs that it takes, from which others are made.</param>
/// <param name="Words">What inputs are likely to hold.</param>
/// <param name="Run">Throws when a promise is broken. What it refuses as it should is no fault.</param>
/// <param name="BytesPerByte">How much it may allocate for each byte of its input, besides <see cref="FreeBytes"/>.</param>
internal sealed record FuzzTarget(string Name, byte[][] Seeds, byte[][] Words, Action<byte[]> Run, int BytesPerByte = 1_000)
{
    /// <summary>What it may allocate whatever its input is.</summary>
    public const int FreeBytes = 2 * 1024 * 1024;

    /// <summary>Longer than any input may take on a machine that does other things too.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
}
