using System.Collections.Immutable;
using System.Text.Json;
using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Cluster.Wire;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;

namespace ActorWebhooks.Fuzz.Targets;

/// <summary>A message of another node, after a byte that says of which kind: it is read, or malformed; what was read can be sent again.</summary>
internal static class WireTarget
{
    // It asks nothing of the actor system.
    private static readonly WireSerializer Serializer = new(null!);

    private static readonly IWireMessage[] Samples =
    [
        NewBundle(),
        new WakeWebhook("audit"),
        new WebhookAwake("audit"),
        new CommandForWebhook("audit", new PauseWebhook()),
        new CommandForWebhook("audit", new GetDeadLetters("17-3", 100)),
        new CommandForWebhook("audit", new DropDeadLetters(["one", "two"])),
        new CommandAnswer(new DeadLettersTaken(3)),
        new CommandAnswer(new NoSuchPage("1-1")),
        new CommandAnswer(new DeadLetterPage(
            [new DeadLetter(WebhookEvent.FromJson("a.b", """{"a":[1,"x"]}""", "id"), DeadLetterReason.Refused, DateTimeOffset.UnixEpoch, 422, "no")], "2-0")),
        new CommandAnswer(ImmutableArray.Create(new Attempt(
            DateTimeOffset.UnixEpoch, "batch", 2, 300, new AttemptOutcome(AttemptEnd.Response, 503, null, "busy", TimeSpan.FromSeconds(3)), Decision.Retry, TimeSpan.FromMilliseconds(7)))),
        new Progress(1, 2, 3, 2, 1, RefusalReason.JournalUnavailable, ProgressNote.Leaving),
    ];

    private static readonly string[] Manifests = [.. Samples.Select(Serializer.Manifest).Append("h").Append("g").Append("l").Append("s").Append("d").Distinct()];

    public static FuzzTarget Target { get; } = new(
        "wire",
        [.. Samples.Select(sample => (byte[])[(byte)Array.IndexOf(Manifests, Serializer.Manifest(sample)), .. Serializer.ToBinary(sample)])],
        [[0xff, 0xff, 0xff, 0xff, 0x0f], [0x80], [0xff, 0xff, 0xff, 0x7f], .. Bytes.Of("{}", "{\"a\":1}", "audit")],
        Run);

    private static void Run(byte[] input)
    {
        if (input.Length == 0)
            return;
        IWireMessage message;
        try
        {
            message = (IWireMessage)Serializer.FromBinary(input[1..], Manifests[input[0] % Manifests.Length]);
        }
        catch (InvalidDataException)
        {
            return;
        }

        if (message is CommandAnswer { Answer: DeadLetterPage page })
        {
            foreach (var letter in page.Letters)
                JsonDocument.Parse(letter.Event.Data, new JsonDocumentOptions { MaxDepth = 128 }).Dispose();
        }

        _ = Serializer.FromBinary(Serializer.ToBinary(message), Serializer.Manifest(message));
    }

    private static Bundle NewBundle()
    {
        // As the golden file of the format has it: stream, base, from, number of events, id, lengths, events.
        byte[] e = WebhookEvent.FromJson("a.b", """{"a":1}""", "id").Encoded.ToArray();
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes);
        to.Write(7L);
        to.Write(0L);
        to.Write(0L);
        to.Write(1);
        to.Write((ushort)5);
        to.Write("audit"u8);
        to.Write(e.Length);
        to.Write(e);
        return Bundle.Parse(bytes.ToArray());
    }
}
