using System.Text;

namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>A path in the form that the system takes, made once.</summary>
internal sealed class WatchedPath(string text)
{
    public string Text { get; } = text;

    public byte[] Encoded { get; } = [.. Encoding.UTF8.GetBytes(text), 0];
}
