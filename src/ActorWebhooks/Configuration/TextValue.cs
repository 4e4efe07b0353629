using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration;

/// <summary>A string of the file after its macros, and where it stands.</summary>
internal readonly record struct TextValue(string Value, ValueSyntax Syntax);
