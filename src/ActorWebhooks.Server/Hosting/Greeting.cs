namespace ActorWebhooks.Server.Hosting;

/// <summary>What a person reads first.</summary>
internal static class Greeting
{
    public static void Write(ServerOptions options, Uri url, string? file, int? webhooks)
    {
        var address = url.GetLeftPart(UriPartial.Authority);
        var authorization = options.ApiKey is null ? "" : " -H \"Authorization: Bearer $ACTORWEBHOOKS_API_KEY\"";
        options.Output.WriteLine($"""
            ActorWebhooks listens on {address}
            {Describe(file, webhooks)}
            Undelivered events are kept in memory. Ctrl-C stops.

            Try it from another terminal:
              curl {address}/api/events{authorization} -H 'Content-Type: application/json' -d '{"{"}"type":"auth.success","data":{"{"}"accountName":"jdoe"{"}"}{"}"}'

            """);
    }

    private static string Describe(string? file, int? webhooks) => file is null
        ? "No webhooks.toml here: a demo webhook delivers every event to this server's own receiver, which verifies and prints it."
        : $"{file}: {webhooks} {(webhooks == 1 ? "webhook runs" : "webhooks run")}.";
}
