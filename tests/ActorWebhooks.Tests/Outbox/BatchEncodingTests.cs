using System.Text;
using System.Text.Json;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Outbox;

public sealed class BatchEncodingTests
{
    private static readonly Gen<WebhookEvent> AnyEvent =
        from id in Gen.Char["abc123-:/"].Array[1, 40].Select(chars => new string(chars))
        from type in Gen.Char["abcXYZ_-"].Array[1, 60].Select(chars => new string(chars))
        from text in Gen.String
        from time in Gen.DateTime[new DateTime(1970, 1, 1), new DateTime(2200, 1, 1)]
        select WebhookEvent.Create(type, new { text }, id, new DateTimeOffset(time, TimeSpan.Zero));

    [Fact]
    public void Body_is_compact_with_members_in_the_order_of_the_contract()
    {
        var first = WebhookEvent.FromJson("auth.success", """{ "account" : "jdoe" }""", "1", Some.Time);
        var second = WebhookEvent.FromJson("store.ingest", "{}", "2", Some.Time.AddMilliseconds(877).ToOffset(TimeSpan.FromHours(2)));

        Assert.Equal(
            """{"events":[{"id":"1","createdAt":"2026-11-23T14:55:00.123Z","type":"auth.success","data":{"account":"jdoe"}},"""
            + """{"id":"2","createdAt":"2026-11-23T14:55:01.000Z","type":"store.ingest","data":{}}]}""",
            Encode(first, second));
    }

    [Fact]
    public void Length_is_known_exactly_before_writing_and_what_is_written_is_json() =>
        AnyEvent.Array[1, 20].Sample(events =>
        {
            var body = Encode(events);

            Assert.Equal(LengthOf(events), Encoding.UTF8.GetByteCount(body));
            using var document = JsonDocument.Parse(body);
            var written = document.RootElement.GetProperty("events").EnumerateArray().ToArray();
            Assert.Equal(events.Select(e => e.Id), written.Select(e => e.GetProperty("id").GetString()));
            Assert.Equal(events.Select(e => e.Type), written.Select(e => e.GetProperty("type").GetString()));
            Assert.Equal(
                events.Select(e => e.CreatedAt.ToUnixTimeMilliseconds()),
                written.Select(e => e.GetProperty("createdAt").GetDateTimeOffset().ToUnixTimeMilliseconds()));
            Assert.Equal(events.Select(e => Encoding.UTF8.GetString(e.Data.Span)), written.Select(e => e.GetProperty("data").GetRawText()));
        });

    private static string Encode(params WebhookEvent[] events) =>
        Encoding.UTF8.GetString(BatchEncoding.Encode([.. events.Select(e => new OutboxEntry(e, default))]).Span);

    private static int LengthOf(WebhookEvent[] events) =>
        BatchEncoding.FrameLength + events.Sum(BatchEncoding.LengthOf) + ((events.Length - 1) * BatchEncoding.SeparatorLength);
}
