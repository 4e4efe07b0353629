namespace ActorWebhooks.Configuration.Macros;

/// <summary>A string value after expansion. What came from a macro may be a secret and is never shown.</summary>
internal readonly record struct MacroText(string Value, bool HasMacro)
{
    /// <summary>The environment variable whose newline at the end was left out; null if there was none.</summary>
    public string? EndedInNewline { get; init; }
}
