using System.Globalization;
using System.Text;
using ActorWebhooks.Events;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Events;

public sealed class EventEncodingTests
{
    [Fact]
    public void Event_that_is_read_from_its_bytes_is_the_same_to_the_millisecond() =>
        Gen.Select(Gen.Char["abc123-:/{}"].Array[1, 128], Gen.Char["abcXYZ_-"].Array[1, 128], Gen.String).Sample((id, type, text) =>
        {
            var e = WebhookEvent.Create(new string(type), new { text }, new string(id), Some.Time.AddTicks(1));

            var read = WebhookEvent.Decode(e.Encoded);

            Assert.Equal((e.Id, e.Type, Some.Time), (read.Id, read.Type, read.CreatedAt));
            Assert.Equal(e.Data.ToArray(), read.Data.ToArray());
            Assert.Equal(e.Encoded.ToArray(), read.Encoded.ToArray());
        });

    [Fact]
    public void Any_time_is_written_as_its_format_says() =>
        Gen.DateTime.Sample(time =>
        {
            var bytes = new byte[EventTime.Length];
            EventTime.Write(time, bytes);

            Assert.Equal(time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), Encoding.ASCII.GetString(bytes));
        });

    [Fact]
    public void Event_that_is_made_while_another_is_written_comes_out_whole_and_so_does_the_other()
    {
        var outer = WebhookEvent.Create("outer", new Nesting());

        Assert.Equal("""{"inner":"{\"a\":1}"}""", Encoding.UTF8.GetString(outer.Data.Span));
    }

    [Fact]
    public void Event_whose_data_cannot_be_written_leaves_nothing_behind_for_the_next()
    {
        Assert.Throws<InvalidOperationException>(() => WebhookEvent.Create("a", new Failing()));

        Assert.Equal("""{"b":2}""", Encoding.UTF8.GetString(WebhookEvent.Create("a", new { b = 2 }).Data.Span));
    }

    private sealed class Nesting
    {
#pragma warning disable CA1822 // Only members of the object are written.
        public string Inner => Encoding.UTF8.GetString(WebhookEvent.Create("inner", new { a = 1 }).Data.Span);
    }

    private sealed class Failing
    {
        public int A => 1;

        public int B => throw new InvalidOperationException("No data.");
    }
#pragma warning restore CA1822
}
