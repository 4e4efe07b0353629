namespace ActorWebhooks.Configuration;

/// <summary>How much goes into one request.</summary>
/// <param name="MaxEvents">1 to 100,000.</param>
/// <param name="MaxBytes">Of the request body, 1 KiB to 64 MiB; one event larger than this is sent alone.</param>
internal readonly record struct BatchLimits(int MaxEvents, int MaxBytes);
