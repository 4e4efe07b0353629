using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>
/// Holds the database file open from before the journal uses it until after, and knows whether its path still leads to it.
/// <see cref="ThrowIfLost"/> is for any thread; everything else is for one thread at a time.
/// </summary>
internal sealed class DatabaseGuard : IDisposable
{
    private readonly WatchedPath _path;
    private readonly WatchedPath _logPath;
    private readonly FileSight _opened;

    // Closing a second handle of a SQLite file drops the locks of the first, so that this one stays open as long as SQLite has the file.
    private readonly SafeFileHandle _file;
    private readonly DatabaseHeader? _header;
    private int _fate = (int)FileFate.Intact;
    private long _uses;

    /// <param name="file">A database with a write-ahead log.</param>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public DatabaseGuard(string file)
    {
        // SQLite follows a link, and puts its log beside the file that it leads to.
        var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        (_path, _logPath) = (new WatchedPath(file), new WatchedPath($"{target}-wal"));
        _file = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var address = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 1 };
        Connection = new SqliteConnection(address.ConnectionString);
        try
        {
            Connection.Open();
            // The first read opens the write-ahead log, and an open connection keeps it where it is.
            Connection.Read("SELECT count(*) FROM sqlite_schema");
            // What it commits is not awaited by anybody.
            Connection.Read("PRAGMA synchronous = NORMAL");
            _opened = See();
            _header = ReadHeader();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>To the file that was opened, whatever is in its place now.</summary>
    public SqliteConnection Connection { get; }

    public FileFate Fate => (FileFate)Volatile.Read(ref _fate);

    /// <summary>How often the journal has begun or ended to use a connection.</summary>
    public long Uses => Volatile.Read(ref _uses);

    public long LogBytes => File.Exists(_logPath.Text) ? new FileInfo(_logPath.Text).Length : 0;

    /// <summary>Before a connection is used, and after that: what was committed in between is in the file that its path leads to.</summary>
    /// <exception cref="DatabaseLostException">It is not there.</exception>
    public void ThrowIfLost()
    {
        Interlocked.Increment(ref _uses);
        if (Fate == FileFate.Intact)
        {
            if (See() == _opened)
                return;
            if (FateOf(See(), isContinued: true) is not FileFate.Intact and var seen)
                Interlocked.CompareExchange(ref _fate, (int)seen, (int)FileFate.Intact);
        }

        if (Fate is not FileFate.Intact and var fate)
            throw new DatabaseLostException(fate);
    }

    /// <summary>Looks at everything there is to see. A file that was lost stays so until <see cref="GoOn"/>.</summary>
    public FileFate Look()
    {
        var seen = FateOf(See(), IsContinued());
        if (seen != FileFate.Intact)
            Volatile.Write(ref _fate, (int)seen);
        return seen;
    }

    /// <summary>The file that was opened is back.</summary>
    public void GoOn() => Volatile.Write(ref _fate, (int)FileFate.Intact);

    public void Dispose()
    {
        Connection.Dispose();
        _file.Dispose();
    }

    private FileSight See() => new(FileIdentity.Of(_path), FileIdentity.Of(_logPath));

    private FileFate FateOf(FileSight seen, bool isContinued) => seen.FateOf(_opened, HasName(), isContinued);

    // Where the system does not tell, it is taken for deleted: a copy that nobody needs does no harm.
    private bool HasName() => NativeFile.IsSupported && NativeFile.TryStat(_file, out var stat) && stat.Links > 0;

    private bool IsContinued()
    {
        if (_header is not { } header)
            return true;
        // A checkpoint may be writing what is being read, so that one look is no proof.
        for (var look = 0; look < 3; look++)
        {
            if (ReadHeader() is { } now && header.IsContinuedBy(now))
                return true;
            Thread.Sleep(5);
        }

        return false;
    }

    private DatabaseHeader? ReadHeader()
    {
        Span<byte> bytes = stackalloc byte[DatabaseHeader.Bytes];
        return DatabaseHeader.Parse(bytes[..RandomAccess.Read(_file, bytes, 0)]);
    }
}
