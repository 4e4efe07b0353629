using System.CommandLine;

namespace ActorWebhooks.Server.Commands;

/// <summary><c>--allow-empty</c>, of all verbs that refuse a webhook file without a webhook.</summary>
internal static class AllowEmptyOption
{
    public static Option<bool> Create() => new("--allow-empty")
    {
        Description = "The webhook file may hold no webhook. Without it, such a file needs the line '# no webhooks'.",
    };
}
