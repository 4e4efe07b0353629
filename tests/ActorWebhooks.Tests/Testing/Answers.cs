namespace ActorWebhooks.Tests.Testing;

/// <summary>HTTP responses as text.</summary>
internal static class Answers
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /// <summary>The beginning of a response whose body goes on until the connection is closed.</summary>
    public const string OpenEnded = "HTTP/1.1 200 OK\r\n\r\n";

    public static string Status(int status, string headers = "") => $"HTTP/1.1 {status} Whatever\r\n{headers}Content-Length: 0\r\n\r\n";
}
