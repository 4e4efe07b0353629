using ActorWebhooks.Configuration.Files;

namespace ActorWebhooks.Configuration.Macros;

/// <summary>Where macros get their values from.</summary>
/// <param name="Variable">The value of an environment variable, or null if there is none.</param>
/// <param name="OpenFile">A file to read from its start; throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</param>
internal sealed record MacroSource(Func<string, string?> Variable, Func<string, Stream> OpenFile)
{
    /// <summary>The environment and the files of this process.</summary>
    public static MacroSource System { get; } = new(Environment.GetEnvironmentVariable, RegularFile.Open) { Look = FileSight.Of };

    /// <summary>Records the state of a file before it is read, to find out later whether it has changed; null when files are not watched.</summary>
    public Func<string, FileSight>? Look { get; init; }
}
