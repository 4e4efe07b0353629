using Microsoft.Data.Sqlite;

namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>What is done about a database file that is not where it was: tell, save, and go on when it is back.</summary>
internal sealed class LostDatabase(DatabaseGuard guard, string file, Action forgetConnections, ILogger logger)
{
    private FileFate _told = FileFate.Intact;
    private bool _isSaved;
    private bool _wasBack;
    private string? _saveFault;

    /// <summary>Looks, and does what is to be done now.</summary>
    public bool IsLost()
    {
        var seen = guard.Look();
        if (guard.Fate == FileFate.Intact)
            return false;
        if (seen == FileFate.Intact)
            return !GoesOn();
        _wasBack = false;
        Tell(seen);
        if (!_isSaved)
            Save(seen);
        return true;
    }

    // Whoever began to open a connection while another file was there must have found out before its use is allowed again.
    private bool GoesOn()
    {
        if (!_wasBack)
        {
            _wasBack = true;
            return false;
        }

        forgetConnections();
        guard.GoOn();
        _wasBack = false;
        Tell(FileFate.Intact);
        return true;
    }

    private void Tell(FileFate fate)
    {
        if (_told == fate)
            return;
        (_told, _isSaved, _saveFault) = (fate, false, null);
        var words = FateText.Long(fate, file, DatabaseRescue.PathOf(file));
        if (fate == FileFate.Intact)
            StoreLog.Back(logger, words);
        else
            StoreLog.Lost(logger, words);
    }

    private void Save(FileFate fate)
    {
        try
        {
            switch (fate)
            {
                case FileFate.Deleted or FileFate.Replaced:
                    DatabaseRescue.Copy(guard.Connection, file);
                    _isSaved = true;
                    StoreLog.Saved(logger, DatabaseRescue.PathOf(file));
                    break;
                case FileFate.LogGone:
                    _isSaved = DatabaseRescue.FlushLog(guard.Connection);
                    if (_isSaved)
                        StoreLog.Saved(logger, file);
                    break;
            }
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            if (_saveFault != e.Message)
                StoreLog.NotSaved(logger, _saveFault = e.Message);
        }
    }
}
