using System.Collections.Immutable;
using ActorWebhooks.Actors;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Epochs;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorWebhooks.Tests.Journal;

public sealed class DeadLetterListingTests : TestKit
{
    private const int LettersOfRow = 3;

    private readonly SimulatedJournal _journal = new();
    private readonly TestProbe _door;
    private readonly TestProbe _asker;

    public DeadLetterListingTests() => (_door, _asker) = (CreateTestProbe(), CreateTestProbe());

    private static string Id => SimulatedNode.Ids.Of(JournalStream.DeadLetters, 0);

    private SortedDictionary<long, JournalRow> Rows => _journal.Rows(Id);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(30)]
    [InlineData(100)]
    public async Task Pages_hold_all_letters_once_and_in_order_wherever_a_page_ends(int limit)
    {
        Write(10);
        var pages = await PagesAsync(limit, 10);

        Assert.Equal(DurableRig.Ids(0, 30), pages.SelectMany(IdsOf));
        Assert.All(pages.SkipLast(1), page => Assert.Equal(limit, page.Letters.Length));
        Assert.All(pages.Last().Letters, letter => Assert.Equal((DeadLetterReason.Refused, 422, "no"), (letter.Reason, letter.Status, letter.Response)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Rows_that_are_gone_or_damaged_are_passed_over(int limit)
    {
        Write(12);
        foreach (var row in new long[] { 1, 2, 3, 4, 5, 9 })
            Rows.Remove(row);
        Rows.DamageHead(7);
        Rows.DamageBody(10);

        int[] intact = [6, 8, 11, 12];
        Assert.Equal(
            intact.SelectMany(row => DurableRig.Ids((row - 1) * LettersOfRow, LettersOfRow)),
            (await PagesAsync(limit, 12)).SelectMany(IdsOf));
    }

    [Fact]
    public async Task Page_goes_on_behind_what_was_removed_since_the_page_before_it()
    {
        Write(6);
        var first = await PageAsync(JournalPosition.Start, 4, 6);
        Assert.Equal(DurableRig.Ids(0, 4), IdsOf(first));
        Rows.Remove(1);
        Rows.Remove(2);

        var second = await PageAsync(DeadLetterListing.Parse(first.Next!), 4, 6);
        Assert.Equal(DurableRig.Ids(6, 4), IdsOf(second));
    }

    [Fact]
    public async Task Rows_written_since_the_page_was_asked_for_are_not_in_it()
    {
        Write(5);
        var page = await PageAsync(JournalPosition.Start, 100, to: 3);
        Assert.Equal(DurableRig.Ids(0, 9), IdsOf(page));
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Page_behind_the_end_is_empty_and_asks_nothing_of_the_journal()
    {
        Write(2);
        foreach (var from in new[] { new JournalPosition(3, 0), new JournalPosition(long.MaxValue, int.MaxValue) })
        {
            var page = await PageAsync(from, 5, 2);
            Assert.Empty(page.Letters);
            Assert.Null(page.Next);
        }

        await _door.ExpectNoMsgAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task Index_behind_the_letters_of_a_row_goes_on_with_the_row_behind_it()
    {
        Write(3);
        Assert.Equal(DurableRig.Ids(3, 6), IdsOf(await PageAsync(new JournalPosition(1, 50), 100, 3)));
    }

    [Fact]
    public async Task Failure_of_the_journal_is_what_the_asker_hears_and_the_listing_stops()
    {
        var listing = Start(JournalPosition.Start, 5, 2);
        Watch(listing);
        await _door.ExpectMsgAsync<ReadRows>();
        listing.Tell(new JournalFailed(1, "down"));

        Assert.Equal("down", (await _asker.ExpectMsgAsync<JournalFailed>()).Cause);
        await ExpectTerminatedAsync(listing);
    }

    [Fact]
    public async Task Page_ends_after_a_bounded_number_of_reads_however_far_the_rows_are_said_to_go()
    {
        var page = await PageAsync(JournalPosition.Start, 5, long.MaxValue - 10);

        Assert.Empty(page.Letters);
        Assert.Equal(4_001, DeadLetterListing.Parse(page.Next!).Row);
    }

    [Fact]
    public async Task Listing_that_fails_tells_who_asked_and_is_not_started_again()
    {
        var listing = Start(JournalPosition.Start, 5, 2);
        Watch(listing);
        await _door.ExpectMsgAsync<ReadRows>();
        listing.Tell(Kill.Instance);

        await _asker.ExpectMsgAsync<JournalFailed>();
        await ExpectTerminatedAsync(listing);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("-1")]
    [InlineData("1-")]
    [InlineData("1--1")]
    [InlineData("a-b")]
    [InlineData("1-1-1")]
    [InlineData(" 1-1")]
    public void Text_that_no_page_gave_is_no_place(string text) => Assert.Throws<FormatException>(() => DeadLetterListing.Parse(text));

    private static IEnumerable<string> IdsOf(DeadLetterPage page) => page.Letters.Select(letter => letter.Event.Id);

    private void Write(int rows)
    {
        for (var row = 1; row <= rows; row++)
        {
            var letters = DurableRig.Ids((row - 1) * LettersOfRow, LettersOfRow)
                .Select(id => new DeadLetter(Some.Event(id), DeadLetterReason.Refused, Some.Time, 422, "no")).ToImmutableArray();
            Rows.Add(row, RowEncoder.Encode(JournalState.Empty, letters, new ManualTime()));
        }
    }

    private async Task<List<DeadLetterPage>> PagesAsync(int limit, long to)
    {
        var pages = new List<DeadLetterPage>();
        for (JournalPosition? from = JournalPosition.Start; from is { } position;)
        {
            pages.Add(await PageAsync(position, limit, to));
            from = pages[^1].Next is { } next ? DeadLetterListing.Parse(next) : null;
        }

        return pages;
    }

    private async Task<DeadLetterPage> PageAsync(JournalPosition from, int limit, long to)
    {
        // Before there is anything to answer.
        _door.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell(_journal.Do((JournalRequest)message), ActorRefs.NoSender);
            return AutoPilot.KeepRunning;
        }));
        var listing = Start(from, limit, to);
        var page = await _asker.ExpectMsgAsync<DeadLetterPage>();
        Watch(listing);
        await ExpectTerminatedAsync(listing);
        return page;
    }

    private IActorRef Start(JournalPosition from, int limit, long to)
    {
        var (door, asker) = (_door.Ref, _asker.Ref);
        return Sys.ActorOf(ActorFactory.Props(() => new DeadLetterListing(door, SimulatedNode.Ids, EpochSegments.Unclaimed, from, to, limit, asker)));
    }
}
