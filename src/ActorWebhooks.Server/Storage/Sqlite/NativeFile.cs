using System.Runtime.InteropServices;

namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>What Linux knows about a file and .NET does not tell.</summary>
internal static class NativeFile
{
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7ff;

    /// <summary>Whether it is known here; elsewhere it is known only whether a path exists.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && HasStatx();

    /// <param name="path">UTF-8, with a zero at its end.</param>
    public static bool TryStat(byte[] path, out Stat stat) => statx(CurrentFolder, path, 0, BasicStats, out stat) == 0;

    public static bool TryStat(SafeHandle file, out Stat stat)
    {
        var isHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            return statx((int)file.DangerousGetHandle(), [0], EmptyPath, BasicStats, out stat) == 0;
        }
        finally
        {
            if (isHeld)
                file.DangerousRelease();
        }
    }

    private static bool HasStatx()
    {
        try
        {
            return TryStat("/\0"u8.ToArray(), out _);
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

#pragma warning disable IDE1006, SYSLIB1054 // The name is the system's, and generated marshalling would want unsafe code.
    [DllImport("libc", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, byte[] path, int flags, uint mask, out Stat stat);
#pragma warning restore IDE1006, SYSLIB1054

    /// <summary>The kernel's <c>struct statx</c>, which has this layout on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal readonly struct Stat
    {
        [FieldOffset(16)]
        public readonly uint Links;

        [FieldOffset(32)]
        public readonly ulong Inode;

        [FieldOffset(136)]
        public readonly uint DeviceMajor;

        [FieldOffset(140)]
        public readonly uint DeviceMinor;
    }
}
