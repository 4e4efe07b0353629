using System.Collections.Immutable;
using System.Globalization;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal.Epochs;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using Akka.Actor;

namespace ActorWebhooks.Journal;

/// <summary>Reads one page of dead letters for somebody who asked, tells him, and stops.</summary>
internal sealed class DeadLetterListing(
    IActorRef journal, JournalIds ids, EpochSegments segments, JournalPosition from, long to, int limit, IActorRef askedBy) : UntypedActor
{
    private const int RowsAtOnce = 4;
    private const long BytesAtOnce = 4 * 1024 * 1024;

    // Rows may be gone, or claimed to be there by whoever wrote to the database: a page that is empty so far says where the next one begins.
    private const int MostReads = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ImmutableArray<DeadLetter>.Builder _letters = ImmutableArray.CreateBuilder<DeadLetter>();
    private JournalPosition _next = from;
    private int _bytes;
    private int _reads;
    private bool _isFull = limit == 0;
    private bool _isAnswered;

    protected override void PreStart()
    {
        SetReceiveTimeout(Patience);
        ReadOn();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RowsRead read:
                foreach (var row in read.Rows)
                    Add(row);
                if (!_isFull && _next.Row <= read.ReadTo)
                    _next = new JournalPosition(read.ReadTo + 1, 0);
                ReadOn();
                break;
            case JournalFailed failed:
                Answer(failed);
                break;
            case ReceiveTimeout:
                Context.Stop(Self);
                break;
        }
    }

    // After a fault too, as it is not started again.
    protected override void PostStop()
    {
        if (!_isAnswered)
            askedBy.Tell(new JournalFailed(1, "the dead letters could not be read"));
    }

    /// <summary>Where a page goes on, as text for who asks for it.</summary>
    public static string Format(JournalPosition position) =>
        string.Create(CultureInfo.InvariantCulture, $"{position.Row}-{position.Index}");

    /// <exception cref="FormatException">It is not what <see cref="Format"/> made.</exception>
    public static JournalPosition Parse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
            throw new FormatException();
        return new JournalPosition(
            long.Parse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture),
            int.Parse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private void ReadOn()
    {
        if (segments.SkipFence(_next.Row) is var row && row > _next.Row)
            _next = new JournalPosition(row, 0);
        if (!_isFull && _next.Row <= to && _reads < MostReads)
        {
            _reads++;
            var (epoch, last) = segments.Of(_next.Row);
            var end = Math.Min(Math.Min(to, last), _next.Row + RowsAtOnce - 1);
            journal.Tell(new ReadRows(1, ids.Of(JournalStream.DeadLetters, epoch), _next.Row, end, BytesAtOnce));
            return;
        }

        Answer(new DeadLetterPage(_letters.ToImmutable(), _next.Row <= to ? Format(_next) : null));
    }

    private void Answer(object answer)
    {
        _isAnswered = true;
        askedBy.Tell(answer);
        Context.Stop(Self);
    }

    // A row that is damaged has nothing to show; whoever replays or removes it says so in the log.
    private void Add(NumberedRow row)
    {
        if (_isFull || row.Row < _next.Row
            || !RowDecoder.TryReadHead(row.Content, out var head, out _)
            || !RowDecoder.TryReadLetters(row.Content, head, out var letters, out _))
        {
            return;
        }

        var index = row.Row == _next.Row ? _next.Index : 0;
        for (; index < letters.Count && !_isFull && HasRoomFor(letters[index]); index++)
        {
            _letters.Add(letters[index]);
            _isFull = _letters.Count == limit;
        }

        _next = index < letters.Count ? new JournalPosition(row.Row, index) : new JournalPosition(row.Row + 1, 0);
    }

    private bool HasRoomFor(DeadLetter letter)
    {
        _bytes += DeadLetterPage.CostOf(letter);
        _isFull = _bytes > DeadLetterPage.MaxBytes && _letters.Count > 0;
        return !_isFull;
    }
}
