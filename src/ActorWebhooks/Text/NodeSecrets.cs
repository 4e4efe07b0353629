using Akka.Actor;

namespace ActorWebhooks.Text;

/// <summary>All secrets that a node knows, for whoever writes its log. They are gathered only when somebody does. May be used from any thread.</summary>
internal sealed class NodeSecrets : IExtension
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, IEnumerable<string>> _secrets = new(StringComparer.Ordinal);
    private Action<SecretRedactor>? _changed;

    public static NodeSecrets Get(ActorSystem system) => system.WithExtension<NodeSecrets, Provider>();

    /// <param name="source">Where they come from. Those that came from there before are forgotten.</param>
    /// <param name="secrets">Enumerated later, and more than once.</param>
    public void Set(string source, IEnumerable<string> secrets)
    {
        lock (_lock)
        {
            _secrets[source] = secrets;
            _changed?.Invoke(NewRedactor());
        }
    }

    /// <summary>Is told of the secrets now, and whenever they have changed.</summary>
    public void Follow(Action<SecretRedactor> changed)
    {
        lock (_lock)
        {
            _changed += changed;
            changed(NewRedactor());
        }
    }

    private SecretRedactor NewRedactor() => new(_secrets.Values.SelectMany(some => some));

    private sealed class Provider : ExtensionIdProvider<NodeSecrets>
    {
        public override NodeSecrets CreateExtension(ExtendedActorSystem system) => new();
    }
}
