using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorWebhooks.Tests.Events;

public class WebhookEventTests
{
    [Fact]
    public void An_object_becomes_compact_json_with_names_in_camel_case() =>
        Assert.Equal(
            """{"accountName":"jürgen <j@example.org>","tries":2}""",
            DataOf(WebhookEvent.Create("auth.success", new { AccountName = "jürgen <j@example.org>", Tries = 2 })));

    [Fact]
    public void Metadata_brings_its_own_rules_and_the_data_is_compact_all_the_same()
    {
        var options = new JsonSerializerOptions { WriteIndented = true, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        var typeInfo = (JsonTypeInfo<Login>)options.GetTypeInfo(typeof(Login));

        Assert.Equal("""{"Account":"a b"}""", DataOf(WebhookEvent.Create("auth.success", new Login { Account = "a b" }, typeInfo)));
    }

    [Fact]
    public void Null_is_an_empty_object() => Assert.Equal("{}", DataOf(WebhookEvent.Create<Login?>("auth.success", null)));

    [Fact]
    public void Changing_the_object_afterwards_changes_nothing()
    {
        var login = new Login { Account = "before" };
        var created = WebhookEvent.Create("auth.success", login);
        login.Account = "after";

        Assert.Equal("""{"account":"before"}""", DataOf(created));
    }

    [Fact]
    public void Changing_the_bytes_afterwards_changes_nothing()
    {
        var json = """{"a":1}"""u8.ToArray();
        var created = WebhookEvent.FromJson("auth.success", json);
        json[5] = (byte)'2';

        Assert.Equal("""{"a":1}""", DataOf(created));
    }

    [Fact]
    public void Data_that_is_not_an_object_is_refused()
    {
        Assert.Throws<ArgumentException>(() => WebhookEvent.Create("auth.success", "text"));
        Assert.Throws<ArgumentException>(() => WebhookEvent.Create("auth.success", 1));
        Assert.Throws<ArgumentException>(() => WebhookEvent.Create<List<int>>("auth.success", [1]));
        Assert.Throws<ArgumentException>(() => WebhookEvent.FromJson("auth.success", "[]"));
    }

    [Fact]
    public void A_malformed_type_or_id_is_refused_with_the_rule_and_what_was_found()
    {
        var type = Assert.Throws<ArgumentException>(() => WebhookEvent.FromJson("auth..success", "{}"));
        var id = Assert.Throws<ArgumentException>(() => WebhookEvent.FromJson("auth.success", "{}", id: "a b"));

        Assert.Contains("'auth..success' is not an event type: an event type is", type.Message, StringComparison.Ordinal);
        Assert.Contains("'a b' is not an event id: an event id is", id.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_quotes_no_more_than_the_beginning_of_a_long_text()
    {
        var refusal = Assert.Throws<ArgumentException>(() => WebhookEvent.FromJson(new string('x', 10_000), "{}"));

        Assert.InRange(refusal.Message.Length, 1, 300);
    }

    [Fact]
    public void Id_and_time_are_as_given_the_time_in_utc()
    {
        var created = WebhookEvent.FromJson("a", "{}", "my-id", new DateTimeOffset(2026, 11, 23, 16, 55, 0, TimeSpan.FromHours(2)));

        Assert.Equal("my-id", created.Id);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 14, 55, 0, TimeSpan.Zero), created.CreatedAt);
        Assert.Equal(TimeSpan.Zero, created.CreatedAt.Offset);
    }

    [Fact]
    public void An_event_of_any_time_can_be_made()
    {
        Assert.Equal(DateTimeOffset.MinValue, WebhookEvent.FromJson("a", "{}", createdAt: DateTimeOffset.MinValue).CreatedAt);
        Assert.Equal(DateTimeOffset.MaxValue, WebhookEvent.FromJson("a", "{}", createdAt: DateTimeOffset.MaxValue).CreatedAt);
    }

    [Fact]
    public void Text_for_people_leaves_the_data_out() =>
        Assert.Equal("auth.success my-id", WebhookEvent.FromJson("auth.success", """{"secret":1}""", "my-id").ToString());

    [Fact]
    public void A_message_of_many_keeps_their_order_and_is_not_touched_by_later_changes()
    {
        var list = new List<WebhookEvent> { WebhookEvent.FromJson("a", "{}"), WebhookEvent.FromJson("b", "{}") };
        var message = new WebhookEvents(list);
        list.Clear();

        Assert.Equal(["a", "b"], message.Events.Select(e => e.Type));
    }

    [Fact]
    public void A_message_of_many_holds_no_null() => Assert.Throws<ArgumentNullException>(() => new WebhookEvents([null!]));

    private static string DataOf(WebhookEvent created) => Encoding.UTF8.GetString(created.Data.Span);

    private sealed class Login
    {
        public string? Account { get; set; }
    }
}
