using ActorWebhooks.Text;

namespace ActorWebhooks.Server.Hosting;

/// <summary>What the log of the process must not show, as far as it is known by now.</summary>
internal sealed class LogSecrets
{
    private volatile SecretRedactor _redactor = SecretRedactor.Nothing;

    public SecretRedactor Redactor
    {
        get => _redactor;
        set => _redactor = value;
    }
}
