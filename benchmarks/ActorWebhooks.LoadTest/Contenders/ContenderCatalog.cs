using ActorWebhooks.LoadTest.Contenders.SyslogNg;
using ActorWebhooks.LoadTest.Contenders.Wolverine;

namespace ActorWebhooks.LoadTest.Contenders;

/// <summary>Everybody who can run, by name.</summary>
internal static class ContenderCatalog
{
    public const string Engine = "actorwebhooks";
    public const string ByHand = "by-hand";
    public const string RawLimit = "raw-limit";
    public const string SyslogNg = "syslog-ng";
    public const string BarePost = "bare-post";

    private static readonly Dictionary<string, Func<IContender>> All = new(StringComparer.Ordinal)
    {
        [Engine] = () => new EngineContender(isSourceGenerated: true),
        ["actorwebhooks-reflection"] = () => new EngineContender(isSourceGenerated: false),
        [RawLimit] = () => new RawContender(),
        [ByHand] = () => new HandWrittenContender(isSourceGenerated: true),
        ["by-hand-reflection"] = () => new HandWrittenContender(isSourceGenerated: false),
        ["wolverine"] = () => new WolverineContender(),
        [SyslogNg] = () => new SyslogNgContender(isDurable: false),
        [BarePost] = () => new BarePostContender(),
    };

    public static IReadOnlyCollection<string> Names => All.Keys;

    /// <summary>Those that the comparison runs on this machine, this engine first.</summary>
    public static IReadOnlyList<string> Comparable =>
        [.. All.Keys.Where(name => name != BarePost && (name != SyslogNg || SyslogNgContender.IsInstalled))];

    public static IContender Create(string name) => All[name]();
}
