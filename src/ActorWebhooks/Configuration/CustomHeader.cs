namespace ActorWebhooks.Configuration;

/// <summary>A header of the configuration. Its value may be a secret and is left out of every text.</summary>
internal sealed record CustomHeader(string Name, string Value)
{
    public override string ToString() => $"{Name}: ***";
}
