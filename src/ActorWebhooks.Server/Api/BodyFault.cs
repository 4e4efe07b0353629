namespace ActorWebhooks.Server.Api;

/// <summary>Why nothing of a request is taken.</summary>
/// <param name="Status">400 or 413.</param>
/// <param name="Detail">What was found, what is accepted, and what to do.</param>
/// <param name="Index">The event at fault, from 0; null when the fault is that of the whole body.</param>
/// <param name="Line">Of an NDJSON body, from 1.</param>
internal sealed record BodyFault(int Status, string Detail, int? Index = null, int? Line = null)
{
    public static BodyFault Malformed(string detail) => new(StatusCodes.Status400BadRequest, detail);

    public static BodyFault TooLarge(string detail) => new(StatusCodes.Status413PayloadTooLarge, detail);
}
