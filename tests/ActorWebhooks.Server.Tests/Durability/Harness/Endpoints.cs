using System.Globalization;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>The webhooks of a run, and how their endpoints behave until they are all mended.</summary>
internal sealed class Endpoints(int seed)
{
    public const string Down = "down";
    private const string Prompt = "prompt";
    private const string Gathering = "gathering";
    private const string Flapping = "flapping";

    private readonly Random _random = new(seed);
    private volatile bool _areMended;

    public static IReadOnlyList<string> Webhooks { get; } = [Prompt, Gathering, Flapping, Down];

    /// <summary>From now on they take everything.</summary>
    public void Mend() => _areMended = true;

    public Answer AnswerOf(string webhook) => webhook switch
    {
        _ when _areMended => Answer.Taken,
        Down => Answer.Closed,
        Flapping => Flap(),
        _ => Answer.Taken,
    };

    public static string ToToml(Func<string, Uri> urlOf) => string.Concat(Webhooks.Select(webhook => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        [webhook.{{webhook}}]
        url = "{{urlOf(webhook)}}"
        events = "*"
        signature-key = "{{RecordingReceiver.Key}}"
        signature-scheme = "standard"
        headers = [ "{{RecordingReceiver.LifeHeader}}: %{env:{{KilledServer.LifeVariable}}}%" ]
        retry.initial = "10ms"
        retry.max = "200ms"
        {{Special(webhook)}}

        """)));

    private static string Special(string webhook) => webhook switch
    {
        Prompt => """
            throttle = 0
            batch.max-events = 50
            """,
        Gathering => "throttle = \"200ms\"",
        Flapping => """
            throttle = 0
            batch.max-events = 20
            """,
        _ => "throttle = 0",
    };

    private Answer Flap()
    {
        lock (_random)
            return (Answer)Math.Max(0, _random.Next(-2, (int)Answer.Closed + 1));
    }
}
