using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Journal;

public sealed class RowClockTests
{
    [Fact]
    public void Any_events_come_to_another_process_in_order_with_their_age() =>
        Gen.Select(
            Gen.Select(Gen.Int[8, 3_000], Gen.Int[0, 100_000_000]).Array[1, 40], Gen.Int[1, 7], Gen.Long[-1_000_000_000_000, 1_000_000_000_000]).Sample(
            (events, eventsOfPage, ahead) =>
            {
                var time = new ManualTime();
                var slices = new List<EventSlice>();
                var moments = new List<TimeSpan>();
                foreach (var chunk in events.Chunk(eventsOfPage))
                {
                    var page = new EventPage(chunk.Sum(e => e.Item1 + 400));
                    foreach (var (bytes, ticks) in chunk)
                    {
                        time.Pass(TimeSpan.FromTicks(ticks));
                        Assert.True(page.TryAppend(Some.EventOfSize($"{moments.Count}", bytes).Encoded, time.Now()));
                        moments.Add(time.Now());
                    }

                    slices.Add(new EventSlice(page, 0, page.Count));
                }

                var row = RowEncoder.Encode(JournalState.Empty, new EventRun([.. slices]), time);
                time.Pass(TimeSpan.FromTicks(ahead & 0xffff_ffff));
                var other = new OtherProcess(time, TimeSpan.FromTicks(ahead));
                Assert.True(RowDecoder.TryReadHead(row, out var head, out var fault), fault);
                Assert.True(RowDecoder.TryReadEvents(row, head, other, out var read, out fault), fault);

                var found = new EventRun([new EventSlice(read!, 0, read!.Count)]).Decode();
                Assert.Equal(events.Select((e, i) => ($"{i}", e.Item1)), found.Select(e => (e.Id, e.DataLength)));
                for (var i = 0; i < read.Count; i++)
                {
                    var (age, was) = (other.Now() - read.AcceptedAt(i), time.Now() - moments[i]);
                    Assert.InRange((age - was).TotalMilliseconds, -2, 2);
                }
            });
}
