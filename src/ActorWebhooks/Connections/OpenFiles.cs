using System.Globalization;

namespace ActorWebhooks.Connections;

/// <summary>The open files of this process, sockets included, as Linux counts them. Elsewhere nothing is known.</summary>
internal static class OpenFiles
{
    private const string LimitsFile = "/proc/self/limits";
    private const string LimitName = "Max open files";
    private const string OpenFolder = "/proc/self/fd";

    // What a .NET process with a web server has, where it cannot be counted.
    private const int Usual = 200;

    /// <summary>How many there may be (RLIMIT_NOFILE, which .NET raises to the hard limit at start); null if that is not known or unlimited.</summary>
    public static long? Limit
    {
        get
        {
            try
            {
                return ParseLimit(File.ReadLines(LimitsFile));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    public static int InUse
    {
        get
        {
            try
            {
                return Directory.EnumerateFileSystemEntries(OpenFolder).Count();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return Usual;
            }
        }
    }

    /// <param name="lines">Such as <c>Max open files   1024   524288   files</c>: the limit, and what it may be raised to.</param>
    public static long? ParseLimit(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (line.StartsWith(LimitName, StringComparison.Ordinal))
            {
                var limit = line[LimitName.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
                return long.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var files) ? files : null;
            }
        }

        return null;
    }
}
