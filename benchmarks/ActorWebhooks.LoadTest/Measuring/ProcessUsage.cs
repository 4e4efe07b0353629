using System.Diagnostics;

namespace ActorWebhooks.LoadTest.Measuring;

/// <summary>What a process has taken of the machine; nothing where there is none.</summary>
internal static class ProcessUsage
{
    public static TimeSpan CpuOf(Process? process) => Fresh(process)?.TotalProcessorTime ?? TimeSpan.Zero;

    public static long WorkingSetOf(Process? process) => Fresh(process)?.WorkingSet64 ?? 0;

    /// <summary>The most memory that it ever had in RAM at once.</summary>
    public static long PeakBytesOf(Process? process) => Fresh(process)?.PeakWorkingSet64 ?? 0;

    private static Process? Fresh(Process? process)
    {
        process?.Refresh();
        return process;
    }
}
