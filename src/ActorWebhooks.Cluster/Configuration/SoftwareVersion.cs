using System.Buffers;
using System.Reflection;

namespace ActorWebhooks.Cluster.Configuration;

/// <summary>The version of the software of a node.</summary>
internal static class SoftwareVersion
{
    private const int Longest = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");

    /// <summary>Of this one, without the commit that a build may append after a plus.</summary>
    public static string Own { get; } =
        typeof(SoftwareVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The version that another node reported, for a log line. A text that does not look like a version is not shown.</summary>
    public static string Shown(string? version) => version switch
    {
        null => "an older version, which does not say its number",
        _ when version.Length is > 0 and <= Longest && !version.AsSpan().ContainsAnyExcept(Allowed) => $"version {version}",
        _ => "a version whose number cannot be read",
    };
}
