using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal;

/// <summary>
/// Whether the journal of a node writes, without actor or database. It sees what became of every row, and has a row of its own written when
/// that does not tell: after a failure, until writing works again, and for a reader while there is no traffic. One stream that another process
/// owns is no failure of the journal, as the node's own row is written all the same.
/// </summary>
internal sealed class JournalWatch(TimeProvider time, Random random)
{
    /// <summary>The stream of the rows that are written to see whether that works. All nodes share it.</summary>
    public const string PersistenceId = "webhook-probe";

    // Of a probe. A large row may fail where a small one finds room, so a probe is as large as what has failed.
    private const int SmallestBytes = 32;
    private const int LargestBytes = 1024 * 1024;

    // Every write and delete of an idle node costs a flush of the disk.
    private const int DeleteAtBytes = 16 * SmallestBytes;

    // Nodes do not write the same number, and no number is read first.
    private const int RandomBits = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReaderInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReaderStays = TimeSpan.FromMinutes(1);

    private TimeSpan? _failsSince;
    private TimeSpan _settledAt = TimeSpan.MinValue;
    private TimeSpan? _probeAskedAt;
    private TimeSpan? _readAt;
    private TimeSpan _writtenAt = time.Now();
    private int _largestFailed;
    private long _newestProbe;
    private long _undeletedBytes;
    private bool _isDeleting;
    private long _number;

    /// <summary>
    /// Whether writes have failed, or have not been answered, for so long that the node should get no events. It lasts until webhooks that
    /// back off from the journal have tried again.
    /// </summary>
    public bool IsRefusing => (_failsSince is { } since && time.Now() - since >= Patience) || time.Now() < _settledAt;

    /// <summary>What to ask of the journal now; to be called every second.</summary>
    /// <param name="wasRead">Whether somebody has asked for the state of the node since the last call.</param>
    public JournalRequest? Next(bool wasRead)
    {
        var now = time.Now();
        if (wasRead)
            _readAt = now;
        if (_probeAskedAt is { } askedAt)
        {
            if (_writtenAt < askedAt)
                _failsSince ??= askedAt;
            return null;
        }

        if (_undeletedBytes >= DeleteAtBytes && !_isDeleting)
        {
            (_isDeleting, _undeletedBytes) = (true, 0);
            return new DeleteRows(++_number, PersistenceId, _newestProbe);
        }

        var isRead = _readAt is { } readAt && now - readAt <= ReaderStays;
        return _failsSince is not null || (isRead && now - _writtenAt >= ReaderInterval) ? Probe(now) : null;
    }

    /// <summary>A request of a webhook or of this was answered.</summary>
    public void See(JournalRequest request, JournalAnswer answer)
    {
        var isProbe = request.PersistenceId == PersistenceId;
        if (isProbe && request is DeleteRows)
            _isDeleting = false;
        if (request is not WriteRow write)
            return;
        if (isProbe)
            _probeAskedAt = null;
        var bytes = Math.Min(write.Content.Bytes.Length, LargestBytes);
        if (answer is RowWritten)
            Written(bytes, isProbe);
        else
            Failed(bytes);
    }

    private void Written(int bytes, bool isProbe)
    {
        _writtenAt = time.Now();
        if (isProbe)
            _undeletedBytes += bytes;
        if (bytes < _largestFailed)
            return;
        if (IsRefusing && _failsSince is not null)
            _settledAt = _writtenAt + JournalPatience.Longest;
        (_failsSince, _largestFailed) = (null, 0);
    }

    private void Failed(int bytes)
    {
        _failsSince ??= time.Now();
        _largestFailed = Math.Max(_largestFailed, bytes);
    }

    private WriteRow Probe(TimeSpan now)
    {
        _probeAskedAt = now;
        _newestProbe = (time.GetUtcNow().ToUnixTimeMilliseconds() << RandomBits) | (long)random.Next(1 << RandomBits);
        var content = new byte[Math.Max(SmallestBytes, _largestFailed)];
        random.NextBytes(content);
        return new WriteRow(++_number, PersistenceId, _newestProbe, new JournalRow(content));
    }
}
