using System.Collections.Immutable;
using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Lookup;
using ActorWebhooks.Routing;

namespace ActorWebhooks.Cluster.Wire;

/// <summary>A byte for the kind of answer, and the answer.</summary>
internal static class AnswerCodec
{
    private const byte Report = 1;
    private const byte Taken = 2;
    private const byte Page = 3;
    private const byte NoPage = 4;
    private const byte NoWebhook = 5;
    private const byte Attempts = 6;
    private const byte Failed = 7;
    private const byte TooMany = 8;
    private const byte Findings = 9;

    public static void Write(WireWriter to, CommandAnswer message)
    {
        switch (message.Answer)
        {
            case WebhookReport report:
                to.Byte(Report);
                ReportCodec.Write(to, report);
                break;
            case DeadLettersTaken taken:
                to.Byte(Taken);
                to.Number(taken.Count);
                break;
            case DeadLetterPage page:
                to.Byte(Page);
                DeadLetterCodec.WritePage(to, page);
                break;
            case NoSuchPage none:
                to.Byte(NoPage);
                to.Text(none.After);
                break;
            case TooManyAtOnce:
                to.Byte(TooMany);
                break;
            case NoSuchWebhook none:
                to.Byte(NoWebhook);
                to.Text(none.WebhookId);
                break;
            case ImmutableArray<Attempt> attempts:
                to.Byte(Attempts);
                AttemptCodec.WriteAll(to, attempts);
                break;
            case EventFindings findings:
                to.Byte(Findings);
                FindingsCodec.Write(to, findings);
                break;
            case CommandFailed failed:
                to.Byte(Failed);
                to.Text(failed.Cause);
                break;
            default:
                throw WireSerializer.DoesNotCross(message.Answer);
        }
    }

    public static CommandAnswer Read(WireReader from) => new(from.Byte() switch
    {
        Report => ReportCodec.Read(from),
        Taken => new DeadLettersTaken(from.Int()),
        Page => DeadLetterCodec.ReadPage(from),
        NoPage => new NoSuchPage(from.Text()),
        TooMany => new TooManyAtOnce(),
        NoWebhook => new NoSuchWebhook(from.Text()),
        Failed => new CommandFailed(from.Text()),
        Findings => FindingsCodec.Read(from),
        Attempts => AttemptCodec.ReadAll(ref from),
        var kind => throw WireReader.Unknown("answer", kind),
    });
}
