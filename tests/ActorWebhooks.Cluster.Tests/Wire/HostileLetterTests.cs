using System.Text;
using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.DeadLetters;

namespace ActorWebhooks.Cluster.Tests.Wire;

public sealed class HostileLetterTests
{
    [Theory]
    [InlineData("""{"a":1},"b":2}""")]
    [InlineData("""{"a":1}{}""")]
    [InlineData("{aaaaaa}")]
    [InlineData("{\"abc\":\u0001}")]
    [InlineData("""{"abc":[}""")]
    public void Letter_of_another_node_whose_data_is_no_JSON_is_malformed_as_it_would_be_shown_as_it_stands(string data)
    {
        // As long as the data that it takes the place of.
        var good = $$"""{"x":"{{new string('y', Encoding.UTF8.GetByteCount(data) - 8)}}"}""";
        var page = new DeadLetterPage([new DeadLetter(WebhookEvent.FromJson("a.b", good, "id"), DeadLetterReason.Refused, DateTimeOffset.UnixEpoch, 422, "no")], null);
        var answer = new CommandAnswer(page);
        var bytes = Wired.Serializer.ToBinary(answer);
        var at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(good));
        Encoding.UTF8.GetBytes(data).CopyTo(bytes, at);

        Assert.Throws<InvalidDataException>(() => Wired.Read(bytes, Wired.Serializer.Manifest(answer)));
    }
}
