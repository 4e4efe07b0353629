using System.Text.RegularExpressions;
using ActorWebhooks.Server.Tests.Durability.Harness;

namespace ActorWebhooks.Server.Tests.Clustering.FaultRuns;

/// <summary>The lines of its log in which a server says that it is not the owner of webhooks any more.</summary>
internal static partial class OwnershipLines
{
    /// <param name="after">So many lines at the beginning are not looked at.</param>
    public static IReadOnlyList<string> Of(ServerProcess process, int after) =>
        [.. process.Error.Lines.Skip(after).Where(line => !ByAkka().IsMatch(line) && NotOwner().IsMatch(line))];

    [GeneratedRegex(@"gives way|has taken it over|has lost its journal|another (process|node|owner|server)|newer (epoch|claim|owner)|higher epoch|not the owner|no longer|\blease\b", RegexOptions.IgnoreCase)]
    private static partial Regex NotOwner();

    // What Akka says of itself.
    [GeneratedRegex(@"\[(Cluster \(|remoting|akka:/|akka\.tcp:[^\]]*/system/(cluster|sharding/webhooksCoordinator|endpointManager))")]
    private static partial Regex ByAkka();
}
