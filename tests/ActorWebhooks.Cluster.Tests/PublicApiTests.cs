using PublicApiGenerator;

namespace ActorWebhooks.Cluster.Tests;

public sealed class PublicApiTests
{
    private const string Approved = "PublicApi.approved.txt";

    /// <summary>A change of the surface is a decision: it shows in the approval file, or it fails here.</summary>
    [Fact]
    public void Public_surface_is_the_approved_one()
    {
        var actual = typeof(ShardedWebhooks).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false });

        var received = Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt");
        File.WriteAllText(received, actual);
        Assert.True(
            Normalize(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Approved))) == Normalize(actual),
            $"The public surface has changed. If it is meant to, copy {received} over tests/ActorWebhooks.Cluster.Tests/{Approved}.");
    }

    private static string Normalize(string text) => text.ReplaceLineEndings("\n").Trim();
}
