namespace ActorWebhooks;

/// <summary>The configuration has errors, and nothing was started. All of them are listed, each on a line of its own.</summary>
public sealed class WebhookConfigurationException : Exception
{
    /// <summary>One exception for all <paramref name="errors"/>.</summary>
    /// <param name="errors">At least one; for a file in the form <c>file:line:column: message</c>.</param>
    public WebhookConfigurationException(IReadOnlyList<string> errors)
        : base(string.Join(Environment.NewLine, errors)) => Errors = errors;

    /// <summary>Every error, each naming the key, the value found and what is accepted.</summary>
    public IReadOnlyList<string> Errors { get; }
}
