using ActorWebhooks.Configuration.Toml;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>What the keys under <c>auth</c> come to. As in Stalwart, user name and secret win over a token, and one of the two alone is nothing.</summary>
internal static class AuthorizationRules
{
    private const string Username = "auth.username";
    private const string Secret = "auth.secret";
    private const string Token = "auth.token";

    public static Authorization? Complete(WebhookDraft draft, Predicate<string> isMissing, Faults warnings)
    {
        var (username, secret, token) = (draft.Find(Username), draft.Find(Secret), draft.Find(Token));
        if (username is { } name && isMissing(Secret))
            warnings.Add(name.ValueAt, $"{Username}: without {Secret}, so it is not sent; {Otherwise(token)}");
        else if (secret is { } password && isMissing(Username))
            warnings.Add(password.ValueAt, $"{Secret}: without {Username}, so it is not sent; {Otherwise(token)}");
        else if (token is { } both && username is not null && secret is not null)
            warnings.Add(both.ValueAt, $"{Token}: together with {Username} and {Secret}, which are sent instead; remove the token, or those");

        var authorization = draft is { Username: { } user, Secret: { } key } ? Authorization.Basic(user, key)
            : draft.Token is { } bearer ? Authorization.Bearer(bearer)
            : null;
        if (authorization is not null)
            UrlRules.WarnOfPlainCredentials(draft, draft is { Username: not null, Secret: not null } ? Secret : Token, warnings);
        return authorization;
    }

    private static string Otherwise(GivenKey? token) => token is null ? "give both or neither" : $"{Token} is sent";
}
