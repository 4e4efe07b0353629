using System.Collections.Frozen;

namespace ActorWebhooks.Configuration.Sections;

/// <summary>What else stands at the top of a configuration file of Stalwart Mail Server, up to version 0.15.</summary>
internal static class StalwartSections
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        "account", "acme", "ai", "asn", "auth", "authentication", "cache", "calendar", "certificate", "changes", "cluster", "config", "contacts", "dav",
        "directory", "dns", "email", "enterprise", "file-storage", "form", "global", "http", "imap", "jmap", "license", "limiter", "lookup", "management",
        "metrics", "oauth", "object", "pop3", "privacy", "push", "queue", "report", "resolver", "server", "session", "sharing", "sieve", "signature", "smtp",
        "spam-filter", "storage", "store", "tls", "tracer", "tracing", "version", "webadmin");

    /// <param name="name">The first part of a key, which may be the whole key in quotes.</param>
    /// <param name="section">Of the key; the whole name when it is none of these.</param>
    public static bool Contain(string name, out string section)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        section = dot < 0 ? name : name[..dot];
        if (Names.Contains(section))
            return true;
        section = name;
        return false;
    }
}
