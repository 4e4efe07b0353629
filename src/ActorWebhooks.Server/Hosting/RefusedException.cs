namespace ActorWebhooks.Server.Hosting;

/// <summary>What was asked for cannot be done, for reasons that the user can do something about. The lines are for standard error.</summary>
internal sealed class RefusedException(params IReadOnlyList<string> lines) : Exception(string.Join(Environment.NewLine, lines))
{
    public IReadOnlyList<string> Lines { get; } = lines;
}
