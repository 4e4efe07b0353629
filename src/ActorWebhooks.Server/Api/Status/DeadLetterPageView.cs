using ActorWebhooks.DeadLetters;

namespace ActorWebhooks.Server.Api.Status;

/// <summary>Dead letters as the API shows them, oldest first.</summary>
/// <param name="Next">What <c>after</c> takes to go on; null when there are no more.</param>
internal sealed record DeadLetterPageView(IReadOnlyList<DeadLetterView> DeadLetters, string? Next)
{
    public static DeadLetterPageView Of(DeadLetterPage page) => new([.. page.Letters.Select(DeadLetterView.Of)], page.Next);
}
