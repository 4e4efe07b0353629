using System.Globalization;
using System.Text;

namespace ActorWebhooks.LoadTest.Contenders;

/// <summary>The configuration of the engine for a run.</summary>
internal static class EngineToml
{
    public static string Of(Target target)
    {
        var toml = new StringBuilder();
        for (var i = 0; i < target.Webhooks.Count; i++)
        {
            toml.Append(CultureInfo.InvariantCulture, $"""
                [webhook."w{i}"]
                url = "{target.Url}{i}"
                events = [ {EventsOf(target.Webhooks, i)} ]
                throttle = "{(long)target.Throttle.TotalMilliseconds}ms"
                batch.max-events = {target.BatchEvents}
                batch.max-bytes = "{target.BatchBytes}B"

                """);
            if (target.SignatureKey.Length > 0)
                toml.AppendLine(CultureInfo.InvariantCulture, $"signature-key = \"{target.SignatureKey}\"");
        }

        return toml.ToString();
    }

    private static string EventsOf(WebhookPopulation webhooks, int i)
    {
        var isListening = webhooks.Tenants == 1 && i < webhooks.FanOut;
        var events = new StringBuilder(isListening ? "\"auth.*\"" : $"\"{SignIn.TypeOf(i)}\"");
        for (var p = 1; p < webhooks.Patterns; p++)
            events.Append(CultureInfo.InvariantCulture, $", \"other-{i}-{p}.*\"");
        return events.ToString();
    }
}
