using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>What has become of the database file, in sentences.</summary>
internal static class FateText
{
    /// <summary>For everybody: without a path.</summary>
    public static string Short(FileFate fate) => fate switch
    {
        FileFate.Moved => "The database file was moved away while the node was running; the log says what to do.",
        FileFate.Exchanged or FileFate.Replaced => "The database file was replaced while the node was running; the log says what to do.",
        FileFate.Deleted => "The database file was deleted while the node was running; the log says what to do.",
        FileFate.LogGone => "The write-ahead log of the database file was taken away while the node was running; the log says what to do.",
        FileFate.Overwritten => "The database file was overwritten while the node was running; the log says what to do.",
        _ => "The database file is where it was.",
    };

    /// <summary>For the log: what happened and what to do.</summary>
    public static string Long(FileFate fate, string file, string rescued)
    {
        var (database, copy) = (Printable.Clean(file), Printable.Clean(rescued));
        return fate switch
        {
            FileFate.Moved => $"{database} was moved away while the node was running. Events are refused and nothing is sent. "
                + "Put it back with its -wal file, and the node goes on.",
            FileFate.Exchanged => $"{database} was moved away and another file was put in its place while the node was running. "
                + "Events are refused and nothing is sent. Put the former file back with its -wal file, and the node goes on; "
                + "or start the node again to go on with the file that is there now.",
            FileFate.Deleted => $"{database} was deleted while the node was running. Events are refused and nothing is sent. "
                + $"The node copies what it still has open to {copy}: do not end it before it says that the copy is complete, "
                + "then start it again, and it goes on from the copy.",
            FileFate.Replaced => $"{database} was replaced by another file while the node was running. Events are refused and nothing is sent. "
                + $"The node copies what it still has open of the former file to {copy}: do not end it before it says that the copy is complete, "
                + "then start it again to go on with the file that is there now, or move the copy over that one first.",
            FileFate.LogGone => $"{database}-wal was deleted or replaced while the node was running. Events are refused and nothing is sent. "
                + $"The node writes what was in it to {database}: do not end it before it says that this is complete, then start it again.",
            FileFate.Overwritten => $"Another database was copied over {database} while the node was running, and what was in it is lost. "
                + $"Events are refused and nothing is sent. Stop the node, delete {database}-wal and {database}-shm, copy the database again, "
                + "and start the node.",
            _ => $"{database} is where it was: events are taken again.",
        };
    }
}
