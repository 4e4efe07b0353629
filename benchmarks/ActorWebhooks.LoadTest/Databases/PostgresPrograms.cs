namespace ActorWebhooks.LoadTest.Databases;

/// <summary>Where PostgreSQL is installed.</summary>
internal static class PostgresPrograms
{
    private const string Debian = "/usr/lib/postgresql";

    /// <summary>The programs of the newest version; null when there is none.</summary>
    public static string? Folder { get; } = !Directory.Exists(Debian)
        ? null
        : Directory.EnumerateDirectories(Debian)
            .OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0)
            .Select(version => Path.Combine(version, "bin"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
}
