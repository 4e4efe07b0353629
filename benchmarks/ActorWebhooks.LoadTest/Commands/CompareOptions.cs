using System.CommandLine;
using ActorWebhooks.LoadTest.Contenders;
using ActorWebhooks.LoadTest.Reporting;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Commands;

/// <summary>What the comparisons have in common: rounds of several contenders.</summary>
internal sealed class CompareOptions
{
    private readonly PlanOptions _plan;
    private readonly Option<string[]> _contenders;
    private readonly Option<int> _rounds = new("--rounds")
    {
        DefaultValueFactory = _ => 5,
        Description = "How often each runs. Default 5.",
    };

    private readonly Option<string?> _csv = new("--csv") { Description = "Where to append a line for each run." };

    public CompareOptions(LoadPlan standard, string who)
    {
        _plan = new PlanOptions(standard);
        _contenders = new Option<string[]>("--contenders")
        {
            AllowMultipleArgumentsPerToken = true,
            Description = $"Who runs, this engine first. Default {who}. All there are: {string.Join(' ', ContenderCatalog.Names)}.",
        };
    }

    public void AddTo(Command command)
    {
        command.Add(_rounds);
        command.Add(_contenders);
        command.Add(_csv);
        _plan.AddTo(command);
    }

    /// <param name="contendersOf">Who runs unless the user has chosen.</param>
    /// <returns>The reports of each contender.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<RunReport>>> RunAsync(
        ParseResult parsed, Func<LoadPlan, IReadOnlyList<string>> contendersOf, CancellationToken cancellationToken)
    {
        var plan = _plan.Read(parsed);
        var contenders = parsed.GetValue(_contenders) is { Length: > 0 } chosen ? chosen : contendersOf(plan);
        if (!ContenderCatalog.Comparable.Contains(ContenderCatalog.SyslogNg))
            Console.WriteLine("syslog-ng is not installed: apt-get install syslog-ng-core syslog-ng-mod-http\n");
        var reports = await Rounds.RunAsync(
            [.. contenders.Select(name => plan with { Contender = name })], RoundsOf(parsed), cancellationToken);
        Console.WriteLine(ThroughputTable.Of(reports));
        await AppendAsync(parsed, reports, cancellationToken);
        return reports;
    }

    public int RoundsOf(ParseResult parsed) => parsed.GetValue(_rounds);

    /// <summary>Adds reports to the file that the user has named, if any.</summary>
    public async Task AppendAsync(ParseResult parsed, IReadOnlyList<IReadOnlyList<RunReport>> reports, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_csv) is { } csv)
            await RunCsv.AppendAsync(csv, reports.SelectMany(ofOne => ofOne), cancellationToken);
    }
}
