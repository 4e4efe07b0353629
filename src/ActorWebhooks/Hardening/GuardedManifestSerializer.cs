using Akka.Actor;
using Akka.Serialization;

namespace ActorWebhooks.Hardening;

/// <summary>
/// Takes the place of a serializer of Akka that names its messages itself. It reads the same, but nothing that a derived class does not take, no
/// messages too deep in one another, and nothing that the other stumbles over. What is written stays the same.
/// </summary>
/// <param name="identifier">That of the other, which says itself only once what it belongs to is configured.</param>
/// <param name="inner">Makes the other, when it is first needed: its settings may not be there before.</param>
internal abstract class GuardedManifestSerializer(
    ExtendedActorSystem system, int identifier, Func<ExtendedActorSystem, SerializerWithStringManifest> inner)
    : SerializerWithStringManifest(system)
{
    private readonly Lazy<SerializerWithStringManifest> _inner = new(() => inner(system), LazyThreadSafetyMode.PublicationOnly);
    private readonly RefusalLog _refusals = new(system, TimeProvider.System);

    public override int Identifier => identifier;

    public override string Manifest(object o) => _inner.Value.Manifest(o);

    public override byte[] ToBinary(object obj) => _inner.Value.ToBinary(obj);

    public override object FromBinary(byte[] bytes, string manifest)
    {
        manifest ??= "";
        if (!ActorPaths.AreShortIn(bytes))
            return _refusals.Refuse(Identifier, manifest, ActorPaths.TooLong);
        if (!NestedMessages.TryEnter())
            return _refusals.Refuse(Identifier, manifest, NestedMessages.TooDeep);
        try
        {
            return FaultOf(bytes, manifest) is { } fault ? _refusals.Refuse(Identifier, manifest, fault) : _inner.Value.FromBinary(bytes, manifest);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return _refusals.Refuse(Identifier, manifest, e);
        }
        finally
        {
            NestedMessages.Leave();
        }
    }

    /// <returns>Why nothing is to be made of it, as a sentence; null when it may be read.</returns>
    protected abstract string? FaultOf(byte[] bytes, string manifest);
}
