using System.Globalization;

namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>What a run draws its chances from. A failure tells it; the variable gives the same chances to another run.</summary>
internal static class Seed
{
    public const string Variable = "ACTORWEBHOOKS_TEST_SEED";

    public static int Next() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : Random.Shared.Next();
}
