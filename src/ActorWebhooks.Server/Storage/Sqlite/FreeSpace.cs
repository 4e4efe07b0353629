using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>
/// Gives the space back that a delivered backlog has left in the file and its write-ahead log, in short steps. What is below
/// <see cref="KeptBytes"/> stays for the next backlog.
/// </summary>
internal sealed class FreeSpace(DatabaseGuard guard)
{
    /// <summary>More free space than this is given back.</summary>
    public const long KeptBytes = 64 * 1024 * 1024;

    /// <summary>A write-ahead log that is longer is cut when the journal rests.</summary>
    public const long LogBytes = 16 * 1024 * 1024;

    // Not at the edge, so that the next few rows do not begin it all again.
    private const long LeftBytes = KeptBytes / 2;

    private readonly VacuumPace _pace = new();
    private readonly long _pageBytes = guard.Connection.ReadNumber("PRAGMA page_size");
    private bool _isAtWork;
    private long _freeBefore;
    private long _uses;

    /// <summary>Does one step, if there is one to do.</summary>
    /// <returns>How long to wait before the next; null when there is nothing left to do.</returns>
    public TimeSpan? Step()
    {
        try
        {
            return Vacuum() ?? CutLog();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            return null;
        }
    }

    private TimeSpan? Vacuum()
    {
        var free = FreeBytes();
        // While a backlog is being delivered its rows are deleted, and giving space back then would halve the speed of that.
        var isGrowing = free > _freeBefore;
        _freeBefore = free;
        var isLittle = free <= (_isAtWork ? LeftBytes : KeptBytes);
        if (isGrowing || isLittle)
        {
            if (_isAtWork)
                guard.Connection.Read("PRAGMA wal_checkpoint(PASSIVE)");
            _isAtWork = false;
            return null;
        }

        _isAtWork = true;
        var since = Stopwatch.GetTimestamp();
        guard.Connection.Read(string.Create(CultureInfo.InvariantCulture, $"PRAGMA incremental_vacuum({_pace.Pages})"));
        var taken = Stopwatch.GetElapsedTime(since);
        _freeBefore = FreeBytes();
        var rest = _pace.After(taken, IsInUse());
        // A file that was made without it does not shrink.
        return _freeBefore < free ? rest : null;
    }

    private long FreeBytes() => guard.Connection.ReadNumber("PRAGMA freelist_count") * _pageBytes;

    private TimeSpan? CutLog()
    {
        if (guard.LogBytes > LogBytes && !IsInUse())
        {
            guard.Connection.Read("PRAGMA wal_checkpoint(PASSIVE)");
            guard.Connection.Read("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        return null;
    }

    private bool IsInUse()
    {
        var uses = guard.Uses;
        (var isInUse, _uses) = (uses != _uses, uses);
        return isInUse;
    }
}
