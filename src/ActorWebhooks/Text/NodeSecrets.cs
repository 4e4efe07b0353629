using Akka.Actor;

namespace ActorWebhooks.Text;

/// <summary>All secrets that a node knows, for whoever writes its log. May be used from any thread.</summary>
internal sealed class NodeSecrets : IExtension
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string[]> _secrets = new(StringComparer.Ordinal);
    private volatile SecretRedactor _redactor = SecretRedactor.Nothing;
    private Action<SecretRedactor>? _changed;

    public static NodeSecrets Get(ActorSystem system) => system.WithExtension<NodeSecrets, Provider>();

    public SecretRedactor Redactor => _redactor;

    /// <param name="source">Where they come from. Those that came from there before are forgotten.</param>
    public void Set(string source, IEnumerable<string> secrets)
    {
        lock (_lock)
        {
            _secrets[source] = [.. secrets.Distinct(StringComparer.Ordinal)];
            _redactor = new SecretRedactor(_secrets.Values.SelectMany(some => some));
            _changed?.Invoke(_redactor);
        }
    }

    /// <summary>Is told of the secrets now, and whenever they have changed.</summary>
    public void Follow(Action<SecretRedactor> changed)
    {
        lock (_lock)
        {
            _changed += changed;
            changed(_redactor);
        }
    }

    private sealed class Provider : ExtensionIdProvider<NodeSecrets>
    {
        public override NodeSecrets CreateExtension(ExtendedActorSystem system) => new();
    }
}
