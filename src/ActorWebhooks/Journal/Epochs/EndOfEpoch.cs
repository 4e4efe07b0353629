using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;

namespace ActorWebhooks.Journal.Epochs;

/// <summary>What an owner left: what it claimed with, and the newest row of each of its streams.</summary>
internal sealed class EndOfEpoch(JournalIds ids, long epoch)
{
    private JournalState? _claim;
    private EndOfStream? _outbox;
    private EndOfStream? _deadLetters;

    /// <summary>The name of the process that claimed the epoch; empty when it cannot be read.</summary>
    public string Owner { get; private set; } = "";

    public bool IsFound => _deadLetters is { IsFound: true };

    public EndOfStream Outbox => _outbox!;

    public EndOfStream DeadLetters => _deadLetters!;

    /// <summary>Where the webhook stood when the owner had written its last row; null when no row of it can be read.</summary>
    public JournalState? State => Newer(Newer(_claim, _outbox?.State), _deadLetters?.State);

    public ReadRows Next(long number)
    {
        if (epoch == 0)
            _outbox ??= new EndOfStream(ids.Of(JournalStream.Outbox, 0), 1);
        return _outbox is null ? new ReadRows(number, ids.Claims, epoch, epoch, long.MaxValue)
            : !_outbox.IsFound ? _outbox.Next(number)
            : (_deadLetters ??= new EndOfStream(ids.Of(JournalStream.DeadLetters, epoch), (_claim?.NewestDeadRow ?? 0) + 1)).Next(number);
    }

    /// <returns>What is wrong with the row that was read; null when nothing is.</returns>
    public (string Row, string Fault)? Read(RowsRead answer)
    {
        if (_outbox is not null)
            return (_deadLetters ?? _outbox).Read(answer);
        (string, string)? damage = null;
        var fault = "it is missing";
        if (answer.Rows.Length > 0 && RowDecoder.TryReadHead(answer.Rows[0].Content, out var head, out fault))
            (_claim, Owner) = (head.State, RowDecoder.ReadOwner(answer.Rows[0].Content));
        else
            damage = ($"{ids.Claims} {epoch}", fault);
        _outbox = new EndOfStream(ids.Of(JournalStream.Outbox, epoch), (_claim?.NewestRow ?? 0) + 1);
        return damage;
    }

    private static JournalState? Newer(JournalState? one, JournalState? other) =>
        other is not null && other.Version >= (one?.Version ?? 0) ? other : one;
}
