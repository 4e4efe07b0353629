namespace ActorWebhooks.Server.Api;

/// <summary>Why a request was not taken.</summary>
/// <param name="Status">400, or 413 when it is a matter of size.</param>
/// <param name="Place">Which event: <c>events[3]</c>, <c>line 4</c>; null when it is the request as a whole.</param>
/// <param name="Detail">What was found, and what is accepted.</param>
internal sealed record EventFault(int Status, string? Place, string Detail)
{
    public override string ToString() => Place is null ? Detail : $"{Place}: {Detail}";
}
