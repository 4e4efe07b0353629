namespace ActorWebhooks.Benchmarks.Events;

/// <summary>The data of a typical event: somebody signed in.</summary>
internal sealed record SignIn(string AccountName, string RemoteIp, int RemotePort, string Protocol, bool Tls)
{
    public static readonly SignIn Example = new("jd@example.org", "203.0.113.42", 52144, "imap", Tls: true);
}
