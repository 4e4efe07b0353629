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
    public void Event_that_was_made_is_one_wherever_it_comes_back_from() =>
        Gen.Select(Gen.Char["abc123-:/{}"].Array[1, 128], Gen.Char["abcXYZ_-"].Array[1, 128], Gen.String, Gen.DateTime).Sample((id, type, text, time) =>
            Assert.True(EventEncoding.IsEvent(WebhookEvent.Create(new string(type), new { text }, new string(id), time).Encoded)));

    [Fact]
    public void Bytes_in_which_something_was_changed_are_still_an_event_that_can_be_read_or_none() =>
        Gen.Select(Gen.Int[0, 120], Gen.Int[0, 3], Gen.OneOf(Gen.Byte, Gen.Char["\"{}:,\\. 0aZ"].Select(c => (byte)c))).Sample((at, kind, value) =>
        {
            var bytes = WebhookEvent.Create("auth.success", new { a = "b" }, "some-id", Some.Time).Encoded.ToArray().ToList();
            at %= bytes.Count;
            switch (kind)
            {
                case 0:
                    bytes[at] = value;
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, value);
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }

            var encoded = bytes.ToArray();
            if (!EventEncoding.IsEvent(encoded))
                return;
            var read = WebhookEvent.Decode(encoded);
            var again = WebhookEvent.FromJson(read.Type, Encoding.UTF8.GetString(read.Data.Span), read.Id, read.CreatedAt);
            Assert.Equal(encoded[..^(read.Data.Length + 1)], again.Encoded[..^(again.Data.Length + 1)].ToArray());
        }, iter: 20_000);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"id\":\"")]
    [InlineData("""{"id":"1","createdAt":"2026-11-28T00:00:00.000Z","type":"a","data":""")]
    [InlineData("""{"id":"1","createdAt":"2026-11-28T00:00:00.000Z","type":"a","data":}""")]
    [InlineData("""{"id":"1","createdAt":"2026-11-28T00:00:00.000Z","type":"a","data":{}""")]
    [InlineData("""{"id":"1","createdAt":"2026-11-28T00:00:00.000Z","type":"a","data":{}},{}""")]
    [InlineData("""{"id":"1","createdAt":"2026-11-28T00:00:00.000Z","type":"a","data":[]}""")]
    [InlineData("""{"id":"1","createdAt":"2026-11-31T00:00:00.000Z","type":"a","data":{}}""")]
    [InlineData("""{"id":"1","createdAt":"2026-11-28T00:00:00.000+","type":"a","data":{}}""")]
    [InlineData("""{"id":"é","createdAt":"2026-11-28T00:00:00.000Z","type":"a","data":{}}""")]
    [InlineData("""{"id":"1","createdAt":"2026-11-28T00:00:00.000Z","type":".a","data":{}}""")]
    public void Bytes_that_are_no_event_are_known_as_such(string text) => Assert.False(EventEncoding.IsEvent(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("2024-02-29T23:59:59.999Z", true)]
    [InlineData("2023-02-29T00:00:00.000Z", false)]
    [InlineData("0000-01-01T00:00:00.000Z", false)]
    [InlineData("2026-00-01T00:00:00.000Z", false)]
    [InlineData("2026-13-01T00:00:00.000Z", false)]
    [InlineData("2026-01-00T00:00:00.000Z", false)]
    [InlineData("2026-01-01T24:00:00.000Z", false)]
    [InlineData("2026-01-01T00:60:00.000Z", false)]
    [InlineData("2026-01-01T00:00:60.000Z", false)]
    [InlineData("2026-01-01T00:00:00.00Z", false)]
    [InlineData("2026-01-01t00:00:00.000Z", false)]
    [InlineData("2026-01-01T00:00:00.0:0Z", false)]
    public void Time_is_read_if_there_is_such_a_time(string text, bool isTime) => Assert.Equal(isTime, EventTime.TryRead(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Any_time_is_written_as_its_format_says_and_read_again() =>
        Gen.DateTime.Sample(time =>
        {
            var bytes = new byte[EventTime.Length];
            EventTime.Write(time, bytes);

            Assert.Equal(time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), Encoding.ASCII.GetString(bytes));
            Assert.Equal(time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond)).Ticks, EventTime.Read(bytes).Ticks);
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
