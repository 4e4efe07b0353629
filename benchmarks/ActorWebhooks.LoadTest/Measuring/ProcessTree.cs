using System.Diagnostics;
using System.Globalization;

namespace ActorWebhooks.LoadTest.Measuring;

/// <summary>A process with those that it started, and that those started.</summary>
internal static class ProcessTree
{
    // USER_HZ, which is the same on every Linux.
    private const int TicksPerSecond = 100;

    /// <summary>Also of those that have ended; where there is no <c>/proc</c>, of the process alone.</summary>
    public static TimeSpan CpuOf(Process? root)
    {
        if (root is null || !OperatingSystem.IsLinux())
            return ProcessUsage.CpuOf(root);
        var all = Directory.EnumerateDirectories("/proc").Select(Read).OfType<Entry>().ToLookup(entry => entry.Parent);
        var ticks = all.SelectMany(entries => entries).Where(entry => entry.Id == root.Id).Sum(entry => entry.Ticks) + Below(root.Id);
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);

        long Below(int parent) => all[parent].Sum(child => child.Ticks + Below(child.Id));
    }

    private static Entry? Read(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), out var id))
            return null;
        try
        {
            // What follows the name, which may have anything in it: state, parent, and further on the four times.
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new Entry(id, (int)Number(fields[1]), fields[11..15].Sum(Number));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);

    private sealed record Entry(int Id, int Parent, long Ticks);
}
