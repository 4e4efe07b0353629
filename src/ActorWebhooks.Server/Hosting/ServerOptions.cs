namespace ActorWebhooks.Server.Hosting;

/// <summary>What <c>run</c> was told.</summary>
internal sealed record ServerOptions
{
    /// <summary>Null: <c>webhooks.toml</c> of the current folder, or else the demo webhook.</summary>
    public string? ConfigFile { get; init; }

    public string Url { get; init; } = "http://127.0.0.1:8080";

    public string? ApiKey { get; init; }

    public string? HoconFile { get; init; }

    /// <summary>Where the product's own words go; logs go to standard error. Used from many threads.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;
}
