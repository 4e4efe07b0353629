using System.Text;
using System.Text.Json;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Outbox;

public sealed class BatchBodyTests
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
            new BatchBody(Handing.Run(2, first, second)).Text());
    }

    [Fact]
    public void What_is_written_is_json_with_the_events_in_it_wherever_pages_end() =>
        Gen.Select(AnyEvent.Array[1, 20], Gen.Int[1, 20]).Sample((events, eventsOfPage) =>
        {
            var body = new BatchBody(Handing.Run(eventsOfPage, events));

            Assert.Equal(body.Length, body.Bytes().Length);
            using var document = JsonDocument.Parse(body.Text());
            var written = document.RootElement.GetProperty("events").EnumerateArray().ToArray();
            Assert.Equal(events.Select(e => e.Id), written.Select(e => e.GetProperty("id").GetString()));
            Assert.Equal(events.Select(e => e.Type), written.Select(e => e.GetProperty("type").GetString()));
            Assert.Equal(
                events.Select(e => e.CreatedAt.ToUnixTimeMilliseconds()),
                written.Select(e => e.GetProperty("createdAt").GetDateTimeOffset().ToUnixTimeMilliseconds()));
            Assert.Equal(events.Select(e => Encoding.UTF8.GetString(e.Data.Span)), written.Select(e => e.GetProperty("data").GetRawText()));
        });

    [Fact]
    public async Task Request_reads_its_body_even_after_the_outbox_let_go_of_it()
    {
        var run = Handing.Run(1, Some.Event("1"), Some.Event("2"));
        var body = new BatchBody(run);
        var text = body.Text();
        using var content = new BatchContent(body);

        Leave(run);

        Assert.Equal(text, await content.ReadAsStringAsync());
    }

    [Fact]
    public void Body_that_everybody_let_go_of_cannot_be_read_any_more()
    {
        var run = Handing.Run(1, Some.Event("1"), Some.Event("2"));
        var body = new BatchBody(run);
        new BatchContent(body).Dispose();
        Leave(run);

        Assert.Throws<ObjectDisposedException>(() => new BatchContent(body));
    }

    [Fact]
    public void Who_comes_too_late_for_one_page_holds_none_of_the_others()
    {
        var run = Handing.Run(1, Some.Event("1"), Some.Event("2"));
        var body = new BatchBody(run);
        run.Slices[1].Page.Leave(1);
        Assert.Throws<ObjectDisposedException>(body.Retain);

        run.Slices[0].Page.Leave(1);

        Assert.Throws<ObjectDisposedException>(run.Slices[0].Page.Retain);
    }

    [Fact]
    public void Content_that_is_disposed_twice_lets_go_once()
    {
        var body = new BatchBody(Handing.Run(1, Some.Event("1")));
        var content = new BatchContent(body);

        content.Dispose();
        content.Dispose();

        body.Retain();
    }

    private static void Leave(EventRun run)
    {
        foreach (var slice in run.Slices)
            slice.Page.Leave(slice.Count);
    }
}
