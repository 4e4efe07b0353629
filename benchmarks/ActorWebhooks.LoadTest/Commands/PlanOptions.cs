using System.CommandLine;
using ActorWebhooks.LoadTest.Contenders;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Commands;

/// <summary>The parameters of a run as options of a command.</summary>
internal sealed class PlanOptions
{
    private readonly LoadPlan _default;
    private readonly List<Option<int>> _all = [];

    public PlanOptions(LoadPlan standard)
    {
        _default = standard;
        Add("--events", standard.Events, "Events that are measured.");
        Add("--warm-up", standard.WarmUp, "Events before that.");
        Add("--event-bytes", standard.EventBytes, "Length of an event in the body of a request.");
        Add("--batch-events", standard.BatchEvents, "Events of one request.");
        Add("--throttle-ms", standard.ThrottleMilliseconds, "How long events gather.");
        Add("--producers", standard.Producers, "Threads that make events.");
        Add("--rate", standard.Rate, "Events a second; 0 is as fast as they go.");
        Add("--outstanding", standard.Outstanding, "Events that may be under way.");
        Add("--webhooks", standard.Webhooks.Count, "Webhooks of the engine.");
        Add("--fan-out", standard.Webhooks.FanOut, "How many of them hear each event.");
        Add("--tenants", standard.Webhooks.Tenants, "Over how many of them the events are spread, one after the other.");
        Add("--patterns", standard.Webhooks.Patterns, "Patterns of each webhook.");
    }

    /// <summary>Which PostgreSQL the durable contender uses.</summary>
    public Option<string?> Postgres { get; } = PostgresOption.Create();

    public void AddTo(Command command)
    {
        foreach (var option in _all)
            command.Add(option);
        command.Add(Postgres);
    }

    public LoadPlan Read(ParseResult parsed)
    {
        var values = _all.ConvertAll(parsed.GetValue);
        return _default with
        {
            Events = values[0],
            WarmUp = values[1],
            EventBytes = values[2],
            BatchEvents = values[3],
            ThrottleMilliseconds = values[4],
            Producers = values[5],
            Rate = values[6],
            Outstanding = values[7],
            Postgres = parsed.GetValue(Postgres),
            Webhooks = new WebhookPopulation(values[8], values[9], values[10], values[11]),
        };
    }

    private void Add(string name, int standard, string description) =>
        _all.Add(new Option<int>(name) { DefaultValueFactory = _ => standard, Description = $"{description} Default {standard}." });
}
