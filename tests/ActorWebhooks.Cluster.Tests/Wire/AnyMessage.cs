using System.Collections.Immutable;
using System.Text;
using ActorWebhooks.Accounting;
using ActorWebhooks.Cluster.Configuration;
using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Cluster.Membership;
using ActorWebhooks.Cluster.Wire;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Lookup;
using ActorWebhooks.Routing;
using ActorWebhooks.Text;
using CsCheck;

namespace ActorWebhooks.Cluster.Tests.Wire;

/// <summary>Messages of any content.</summary>
internal static class AnyMessage
{
    // Halves of surrogate pairs are no text that could be sent.
    private static readonly Gen<string> Text = Gen.OneOf(Gen.String, Gen.String[Gen.Char['\0', '\uFFFF'], 0, 60])
        .Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    private static readonly Gen<string?> TextOrNull = Gen.Frequency((1, Gen.Const((string?)null)), (3, Text.Select(text => (string?)text)));

    private static readonly Gen<DateTimeOffset> Time =
        Gen.Long[0, DateTimeOffset.MaxValue.Ticks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private static readonly Gen<WebhookEvent> Event = Gen.Select(
        Gen.OneOf("a", "auth.success", new string('t', 128)),
        Gen.OneOf("1", "018f5f6c-0000-7000-8000-000000000000", new string('i', 128)),
        Time,
        Gen.Int[0, 300],
        (type, id, at, size) => WebhookEvent.FromJson(type, $$"""{"a":"{{new string('é', size)}}"}""", id, at));

    // As a node keeps it.
    private static readonly Gen<AttemptOutcome> Outcome = Gen.Select(
        Gen.Enum<AttemptEnd>(),
        Gen.Int.Nullable(),
        TextOrNull,
        Text,
        Gen.Long.Nullable(),
        (end, status, error, response, after) => new AttemptOutcome(
            end, status, error is null ? null : OutsideText.Clean(error), OutsideText.Clean(response), after is { } ticks ? TimeSpan.FromTicks(ticks) : null));

    private static readonly Gen<Attempt> Attempt = Gen.Select(
        Time,
        Text,
        Gen.Int,
        Gen.Int,
        Outcome,
        Gen.Enum<Decision>(),
        Gen.Long,
        (at, batch, events, bytes, outcome, decision, latency) =>
            new Attempt(at, batch, events, bytes, outcome, decision, TimeSpan.FromTicks(latency)));

    private static readonly Gen<DeadLetter> Letter = Gen.Select(
        Event,
        Gen.Enum<DeadLetterReason>(),
        Time,
        Gen.Int.Nullable(),
        Text,
        (e, reason, at, status, response) => new DeadLetter(e, reason, at, status, OutsideText.Clean(response)));

    private static readonly Gen<ImmutableDictionary<DropReason, long>> Dropped =
        Gen.Dictionary(Gen.Enum<DropReason>(), Gen.Long)[0, 7].Select(dropped => dropped.ToImmutableDictionary());

    private static readonly Gen<WebhookReport> Report = Gen.Select(
        Gen.Select(Gen.Enum<WebhookState>(), Gen.Long, Gen.Long, Gen.Int, Gen.Int),
        Dropped,
        Gen.Int,
        Gen.Null(Attempt),
        Time.Nullable(),
        (counts, dropped, failures, last, next) =>
            new WebhookReport(counts.Item1, counts.Item2, counts.Item3, counts.Item4, counts.Item5, dropped, failures, last, next));

    private static readonly Gen<FoundLetter> FoundLetter = Letter.Select(Lookup.FoundLetter.Of);

    private static readonly Gen<LookupGaps> Gaps = Gen.Select(
        Time.Nullable(),
        Gen.Bool,
        Gen.Int,
        Gen.Long,
        Gen.Int,
        Gen.Int,
        (since, unread, damaged, missed, waiting, letters) => new LookupGaps(since, unread, damaged, missed, waiting, letters));

    private static readonly Gen<EventFindings> Findings = Gen.Select(
        TextOrNull,
        Gen.Enum<EventPlace>(),
        Gen.Null(FoundLetter),
        Attempt.Array[0, 5],
        Gen.Int,
        Gaps,
        (type, place, letter, attempts, more, gaps) => new EventFindings(
            type is null ? null : OutsideText.Clean(type), place, letter, [.. attempts], more, gaps));

    private static readonly Gen<object> Answer = Gen.OneOf(
        Report.Select(report => (object)report),
        Gen.Int.Select(count => (object)new DeadLettersTaken(count)),
        Gen.Select(Letter.Array[0, 5], TextOrNull, (letters, next) => (object)new DeadLetterPage([.. letters], next)),
        Text.Select(after => (object)new NoSuchPage(after)),
        Gen.Const((object)new TooManyAtOnce()),
        Findings.Select(findings => (object)findings),
        Text.Select(webhook => (object)new NoSuchWebhook(webhook)),
        Attempt.Array[0, 5].Select(attempts => (object)attempts.ToImmutableArray()));

    private static readonly Gen<IWebhookCommand> Command = Gen.OneOf(
        Gen.OneOf<IWebhookCommand>(
            new PauseWebhook(), new ResumeWebhook(), new RetryNow(), new ReplayDeadLetters(), new DropDeadLetters(), new GetAttempts(), new GetStatus()),
        Text.Array[0, 5].Select(ids => (IWebhookCommand)new ReplayDeadLetters([.. ids])),
        Text.Array[0, 5].Select(ids => (IWebhookCommand)new DropDeadLetters([.. ids])),
        Text.Select(id => (IWebhookCommand)new FindEvent(id)),
        Gen.Select(TextOrNull, Gen.Int, (after, limit) => (IWebhookCommand)new GetDeadLetters(after, limit)));

    // Empty: it was taken out.
    public static readonly Gen<byte[]> BundledEvent = Gen.OneOf(Gen.Const(Array.Empty<byte>()), Gen.Int[0, 1_000_000].Select(i => Samples.Encoded($"{i}")));

    public static readonly Gen<IWireMessage> Bundle = Gen.Select(
        Text,
        Gen.Long,
        Gen.Long[0, 1L << 40],
        Gen.Long[0, 1L << 40],
        BundledEvent.Array[0, 20],
        (webhook, stream, @base, ahead, events) => (IWireMessage)Samples.BundleOf(webhook, stream, @base, @base + ahead, events));

    public static readonly Gen<IWireMessage> Progress = Gen.Select(
        Gen.Select(Gen.Long, Gen.Long),
        Gen.Select(Gen.Long, Gen.Long, Gen.Long),
        Gen.Enum<RefusalReason>().Nullable(),
        Gen.Enum<ProgressNote>(),
        (ids, far, refusal, note) => (IWireMessage)new Progress(ids.Item1, ids.Item2, far.Item1, far.Item2, far.Item3, refusal, note));

    public static readonly Gen<IWireMessage> WakeWebhook = Text.Select(webhook => (IWireMessage)new WakeWebhook(webhook));

    public static readonly Gen<IWireMessage> WebhookAwake = Text.Select(webhook => (IWireMessage)new WebhookAwake(webhook));

    public static readonly Gen<IWireMessage> CommandForWebhook =
        Gen.Select(Text, Command, (webhook, command) => (IWireMessage)new CommandForWebhook(webhook, command));

    public static readonly Gen<IWireMessage> CommandAnswer = Answer.Select(answer => (IWireMessage)new CommandAnswer(answer));

    public static readonly Gen<IWireMessage> ConfigurationReport =
        Gen.Select(Gen.ULong, Gen.Int, Text, (hash, webhooks, version) => (IWireMessage)new ConfigurationReport(hash, webhooks, version));

    public static readonly Gen<IWireMessage> LeaseRequest =
        Gen.Select(Gen.Long, Gen.Int, (round, uid) => (IWireMessage)new LeaseRequest(round, uid));

    public static readonly Gen<IWireMessage> LeaseGrant = Gen.Long.Select(round => (IWireMessage)new LeaseGrant(round));

    public static readonly Gen<IWireMessage> OfAnyKind = Gen.OneOf(
        Bundle, Progress, WakeWebhook, WebhookAwake, CommandForWebhook, CommandAnswer, ConfigurationReport, LeaseRequest, LeaseGrant);
}
