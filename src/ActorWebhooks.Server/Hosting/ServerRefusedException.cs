namespace ActorWebhooks.Server.Hosting;

/// <summary>The server does not start, for reasons that the user can do something about.</summary>
internal sealed class ServerRefusedException(params IReadOnlyList<string> lines) : Exception(string.Join(Environment.NewLine, lines))
{
    public IReadOnlyList<string> Lines { get; } = lines;
}
