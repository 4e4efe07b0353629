namespace ActorWebhooks.Configuration;

/// <summary>One fault of a webhook file, in the form that editors jump to.</summary>
/// <param name="File">As the user named it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">What was found and what is accepted.</param>
internal sealed record ConfigurationError(string File, int Line, int Column, string Message)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}
