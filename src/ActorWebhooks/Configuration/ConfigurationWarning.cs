namespace ActorWebhooks.Configuration;

/// <summary>What a webhook file is taken with, though something else may have been meant, in the form that editors jump to.</summary>
/// <param name="File">As the user named it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">Names the key, the value found, and how the value is read.</param>
internal sealed record ConfigurationWarning(string File, int Line, int Column, string Message)
{
    public static ConfigurationWarning Of(ConfigurationError found) => new(found.File, found.Line, found.Column, found.Message);

    public override string ToString() => $"{File}:{Line}:{Column}: warning: {Message}";
}
