using ActorWebhooks.LoadTest.Contenders.Hop;
using ActorWebhooks.LoadTest.Contenders.SyslogNg;
using ActorWebhooks.LoadTest.Contenders.Wolverine;
using ActorWebhooks.LoadTest.Databases;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Contenders;

/// <summary>Everybody who can run, by name.</summary>
internal static class ContenderCatalog
{
    public const string Engine = "actorwebhooks";
    public const string EngineSqlite = "actorwebhooks-sqlite";
    public const string EnginePostgres = "actorwebhooks-postgres";
    public const string ByHand = "by-hand";
    public const string RawLimit = "raw-limit";
    public const string SyslogNg = "syslog-ng";
    public const string SyslogNgReliable = "syslog-ng-reliable";
    public const string BarePost = "bare-post";
    public const string EngineHop = "actorwebhooks-hop";
    public const string EngineNoHop = "actorwebhooks-no-hop";
    public const string ShardingSingly = "sharding-singly";
    public const string ShardingBundled = "sharding-64";

    private static readonly Dictionary<string, Func<LoadPlan, IContender>> All = new(StringComparer.Ordinal)
    {
        [Engine] = _ => new EngineContender(isSourceGenerated: true),
        ["actorwebhooks-reflection"] = _ => new EngineContender(isSourceGenerated: false),
        [EngineSqlite] = plan => Durable(DatabaseKind.Sqlite, plan),
        [EnginePostgres] = plan => Durable(DatabaseKind.Postgres, plan),
        [RawLimit] = _ => new RawContender(),
        [ByHand] = _ => new HandWrittenContender(isSourceGenerated: true),
        ["by-hand-reflection"] = _ => new HandWrittenContender(isSourceGenerated: false),
        ["wolverine"] = _ => new WolverineContender(),
        [SyslogNg] = _ => new SyslogNgContender(isDurable: false),
        [SyslogNgReliable] = _ => new SyslogNgContender(isDurable: true),
        [BarePost] = _ => new BarePostContender(),
        [EngineHop] = _ => new EngineHopContender(),
        [EngineNoHop] = _ => new EngineNoHopContender(),
        [ShardingSingly] = _ => new ShardingContender(eventsPerEnvelope: 1),
        [ShardingBundled] = _ => new ShardingContender(eventsPerEnvelope: 64),
    };

    public static IReadOnlyCollection<string> Names => All.Keys;

    /// <summary>Those that keep events in memory and can be compared on this machine, this engine first.</summary>
    public static IReadOnlyList<string> Comparable =>
    [
        .. All.Keys.Except([BarePost, EngineSqlite, EnginePostgres, SyslogNgReliable, .. BetweenNodes, EngineNoHop]).Where(name => IsHere(name)),
    ];

    /// <summary>Those that bring events from one node of a cluster to another, this engine first.</summary>
    public static IReadOnlyList<string> BetweenNodes => [EngineHop, ShardingSingly, ShardingBundled];

    public static IContender Create(LoadPlan plan) => All[plan.Contender](plan);

    /// <summary>Those that write events to a disk, and beside each the same in memory.</summary>
    /// <param name="postgres">Connection string of a server; null: a private one, where its programs are.</param>
    public static IReadOnlyList<string> ComparableDurable(string? postgres) =>
        [.. new[] { Engine, EngineSqlite, EnginePostgres, SyslogNg, SyslogNgReliable }.Where(name => IsHere(name, postgres))];

    private static bool IsHere(string name, string? postgres = null) => name switch
    {
        EnginePostgres => DatabaseCatalog.IsHere(DatabaseKind.Postgres, postgres),
        SyslogNg or SyslogNgReliable => SyslogNgContender.IsInstalled,
        _ => true,
    };

    private static EngineContender Durable(DatabaseKind kind, LoadPlan plan) =>
        new(isSourceGenerated: true, () => DatabaseCatalog.CreateAsync(kind, plan.Postgres));
}
