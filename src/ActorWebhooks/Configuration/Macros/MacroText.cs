namespace ActorWebhooks.Configuration.Macros;

/// <summary>A string value after expansion. What came from a macro may be a secret and is never shown.</summary>
internal readonly record struct MacroText(string Value, bool HasMacro);
