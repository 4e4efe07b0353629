using ActorWebhooks.Configuration.Toml;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>What the URL of a section means for its other keys.</summary>
internal static class UrlRules
{
    /// <param name="draft">Of a section with credentials.</param>
    /// <param name="credentials">What they are given as.</param>
    public static void WarnOfPlainCredentials(WebhookDraft draft, string credentials, Faults warnings)
    {
        if (draft.Find("url") is { IsRefused: false } url && draft.Definition.Url.Scheme == Uri.UriSchemeHttp)
            warnings.Add(url.ValueAt, $"url: {credentials} is sent over http, where everybody on the way can read it; use https");
    }
}
