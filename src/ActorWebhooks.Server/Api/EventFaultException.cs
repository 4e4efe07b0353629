namespace ActorWebhooks.Server.Api;

/// <summary>Leaves the parser from wherever the fault is. Never leaves <see cref="EventsParser"/>.</summary>
internal sealed class EventFaultException(int status, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public static EventFaultException BadRequest(string detail) => new(StatusCodes.Status400BadRequest, detail);

    public static EventFaultException TooLarge(string detail) => new(StatusCodes.Status413PayloadTooLarge, detail);
}
