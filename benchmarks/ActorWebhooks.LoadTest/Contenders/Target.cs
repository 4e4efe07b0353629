namespace ActorWebhooks.LoadTest.Contenders;

/// <summary>Where the events go, and how.</summary>
/// <param name="Url">Of the receiver.</param>
/// <param name="SignatureKey">Empty: nothing is signed.</param>
/// <param name="BatchEvents">The most events of one request.</param>
/// <param name="BatchBytes">The most bytes of one request.</param>
/// <param name="Throttle">How long events may gather.</param>
/// <param name="Webhooks">The webhooks that the engine runs; the others know only one.</param>
internal sealed record Target(
    Uri Url, string SignatureKey, int BatchEvents, int BatchBytes, TimeSpan Throttle, WebhookPopulation Webhooks);

/// <summary>The webhooks of the engine.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="FanOut">How many of them hear each event.</param>
/// <param name="Tenants">Over how many webhooks the events are spread, one after the other.</param>
/// <param name="Patterns">How many patterns each has.</param>
internal sealed record WebhookPopulation(int Count = 1, int FanOut = 1, int Tenants = 1, int Patterns = 1);
