using ActorWebhooks.Server.Api;

namespace ActorWebhooks.Server.Intake;

/// <summary>Tells the <see cref="ConnectionSeats"/> what the connections are doing, and leaves their reserve to health.</summary>
internal static class SeatedRequests
{
    public static void Use(WebApplication app, ConnectionSeats seats) => app.Use((context, next) =>
        context.Features.Get<ConnectionSeat>() is { } seat ? AnswerAsync(context, seats, seat, next) : next(context));

    private static async Task AnswerAsync(HttpContext context, ConnectionSeats seats, ConnectionSeat seat, RequestDelegate next)
    {
        var isHealth = context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);
        var isTaken = seats.TryBegin(seat, isHealth);
        if (seat.IsReserve)
            context.Response.Headers.Connection = "close";
        try
        {
            await (isTaken
                ? next(context)
                : Problems.WriteTryAgainAsync(context, "There are as many connections as there may be, and all are busy. Send the request again."));
        }
        finally
        {
            seats.End(seat);
        }
    }
}
