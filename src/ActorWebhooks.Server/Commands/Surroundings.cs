namespace ActorWebhooks.Server.Commands;

/// <summary>What the verbs need from outside. The writers are written to from many threads.</summary>
internal sealed record Surroundings(TextReader In, TextWriter Out, TextWriter Error)
{
    /// <summary>An environment variable; null when it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The process is there for the verb alone, which may change settings of the whole process.</summary>
    public bool OwnsProcess { get; init; }
}
