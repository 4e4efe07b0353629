namespace ActorWebhooks.Server.Intake;

/// <summary>What happened because there were as many connections as there may be.</summary>
/// <param name="GaveWay">Connections that were closed for others.</param>
/// <param name="Refused">Connections that were closed as they came.</param>
/// <param name="Postponed">Requests that were answered with 503.</param>
internal readonly record struct SeatCounts(long GaveWay, long Refused, long Postponed);
