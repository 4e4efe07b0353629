namespace ActorWebhooks.Server.Api;

/// <summary>How the events of a request body are laid out.</summary>
internal enum BodyForm
{
    /// <summary>One object, an array, or objects on lines: the first character and what follows tell.</summary>
    Any,

    /// <summary>One event object a line (NDJSON).</summary>
    Lines,
}
