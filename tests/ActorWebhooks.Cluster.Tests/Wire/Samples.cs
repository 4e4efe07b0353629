using System.Collections.Immutable;
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

namespace ActorWebhooks.Cluster.Tests.Wire;

/// <summary>A message of every kind, by the name of its golden file. Their bytes are for ever.</summary>
internal static class Samples
{
    private const string Webhook = "audit é 日本";

    private static readonly DateTimeOffset Time = new(2026, 11, 23, 14, 55, 0, 123, TimeSpan.Zero);

    private static readonly Attempt Answered = new(
        Time,
        "batch-1",
        Events: 1000,
        Bytes: 262_144,
        new AttemptOutcome(AttemptEnd.Response, 429, null, "slow down 🚫", TimeSpan.FromSeconds(30)),
        Decision.Retry,
        TimeSpan.FromTicks(1_234_567));

    private static readonly Attempt Failed = new(
        Time.AddTicks(1), "batch-2", 1, 120, new AttemptOutcome(AttemptEnd.TlsError, Error: "no trust"), Decision.Drop, TimeSpan.Zero);

    public static IReadOnlyDictionary<string, IWireMessage> All { get; } = new Dictionary<string, IWireMessage>
    {
        ["lease-request"] = new LeaseRequest(0x0123_4567_89ab_cdef, -1_234_567_890),
        ["lease-grant"] = new LeaseGrant(0x0123_4567_89ab_cdef),
        ["bundle"] = BundleOf(Webhook, 0x0123_4567_89ab_cdef, 5, 7, [Encoded("1"), [], Encoded("3")]),
        ["question"] = BundleOf(Webhook, -1, 5, 5, []),
        ["progress"] = new Progress(0x0123_4567_89ab_cdef, -2, 1_000_000, 300, 127),
        ["refusal"] = new Progress(1, 2, 3, 2, 1, RefusalReason.JournalUnavailable, ProgressNote.Leaving),
        ["wake"] = new WakeWebhook(Webhook),
        ["awake"] = new WebhookAwake(Webhook),
        ["pause"] = new CommandForWebhook(Webhook, new PauseWebhook()),
        ["resume"] = new CommandForWebhook(Webhook, new ResumeWebhook()),
        ["retry"] = new CommandForWebhook(Webhook, new RetryNow()),
        ["replay"] = new CommandForWebhook(Webhook, new ReplayDeadLetters()),
        ["drop"] = new CommandForWebhook(Webhook, new DropDeadLetters()),
        ["replay-some"] = new CommandForWebhook(Webhook, new ReplayDeadLetters(["one"])),
        ["drop-some"] = new CommandForWebhook(Webhook, new DropDeadLetters(["one"])),
        ["first-page"] = new CommandForWebhook(Webhook, new GetDeadLetters()),
        ["next-page"] = new CommandForWebhook(Webhook, new GetDeadLetters("17-3", 1000)),
        ["attempts"] = new CommandForWebhook(Webhook, new GetAttempts()),
        ["find"] = new CommandForWebhook(Webhook, new FindEvent("018f5f6c-0000-7000-8000-000000000000")),
        ["status"] = new CommandForWebhook(Webhook, new GetStatus()),
        ["answer-report"] = new CommandAnswer(new WebhookReport(
            WebhookState.BackingOff,
            Accepted: 10_000_000_000,
            Delivered: 9_999_999_000,
            Waiting: 990,
            Dead: 7,
            ImmutableDictionary<DropReason, long>.Empty.Add(DropReason.Unreadable, 300).Add(DropReason.Lossy, 3),
            Failures: 4,
            Answered,
            Time.AddMinutes(5))),
        ["answer-report-of-nothing"] = new CommandAnswer(new WebhookReport(
            WebhookState.Starting, 0, 0, 0, 0, ImmutableDictionary<DropReason, long>.Empty, 0, null, null)),
        ["answer-report-of-waiting"] = new CommandAnswer(new WebhookReport(
            WebhookState.WaitingForConnection,
            5,
            3,
            2,
            0,
            ImmutableDictionary<DropReason, long>.Empty,
            0,
            new Attempt(
                Time, "batch-3", 2, 240, new AttemptOutcome(AttemptEnd.BrokenOff, Error: "others waited"), Decision.Retry, TimeSpan.FromSeconds(1)),
            null)),
        ["answer-taken"] = new CommandAnswer(new DeadLettersTaken(1234)),
        ["answer-page"] = new CommandAnswer(new DeadLetterPage(
            [
                new DeadLetter(Event("1"), DeadLetterReason.Refused, Time, 422, "no: é, 日本"),
                new DeadLetter(Event("2"), DeadLetterReason.Expired, Time.AddDays(-3), null, ""),
            ],
            "18-0")),
        ["answer-too-many"] = new CommandAnswer(new TooManyAtOnce()),
        ["answer-no-page"] = new CommandAnswer(new NoSuchPage("elsewhere")),
        ["answer-no-webhook"] = new CommandAnswer(new NoSuchWebhook(Webhook)),
        ["answer-attempts"] = new CommandAnswer(ImmutableArray.Create(Answered, Failed)),
        ["answer-findings"] = new CommandAnswer(new EventFindings(
            "auth.success",
            EventPlace.Waiting,
            new FoundLetter(DeadLetterReason.Poisonous, Time, 500, "no: é, 日本"),
            [Answered, Failed],
            MoreAttempts: 300,
            new LookupGaps(Time.AddDays(-3), UnreadAttempts: true, DamagedRows: 2, MissedAttempts: 1_000, UnreadWaiting: 5, UnreadLetters: 200))),
        ["answer-findings-of-nothing"] = new CommandAnswer(EventFindings.Nothing),
        ["configuration"] = new ConfigurationReport(0xfedc_ba98_7654_3210, 300),
        ["configuration-of-version"] = new ConfigurationReport(0xfedc_ba98_7654_3210, 300, "1.2.3"),
        ["stopping"] = NodeStopping.Instance,
        ["settled"] = NodeSettled.Instance,
        ["step-aside"] = new StepAside("akka.tcp://webhooks@10.0.0.5:7001"),
    };

    /// <summary>What stands at the end of a message that is whole for an older version without it.</summary>
    public static int NewerBytes(string name) => name switch
    {
        "answer-report-of-waiting" => 1,
        "configuration-of-version" => 6,
        _ => 0,
    };

    public static Bundle BundleOf(string webhook, long stream, long @base, long from, byte[][] events)
    {
        var bundle = Bundle.Create(webhook, stream, @base, from, events.Length, events.Sum(e => e.Length));
        var at = 0;
        for (var i = 0; i < events.Length; i++)
            at = bundle.WriteEvent(i, at, events[i]);
        return bundle;
    }

    private static WebhookEvent Event(string id) => WebhookEvent.FromJson("auth.success", """{"name":"é"}""", id, Time);

    public static byte[] Encoded(string id) => Event(id).Encoded.ToArray();
}
