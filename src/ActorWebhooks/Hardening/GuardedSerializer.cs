using Akka.Actor;
using Akka.Serialization;
using Akka.Util;

namespace ActorWebhooks.Hardening;

/// <summary>
/// Takes the place of a serializer of Akka that has no string manifest, and reads only the types of a list. For such a serializer Akka looks up
/// whatever type the input names, before it asks the serializer: it loads assemblies, keeps each type for good, and a long enough name overflows
/// the stack, which ends the process. What is written stays the same.
/// </summary>
/// <param name="identifier">That of the other, which says itself only once what it belongs to is configured.</param>
/// <param name="inner">What stood in its place.</param>
/// <param name="read">The types that it reads.</param>
internal abstract class GuardedSerializer(ExtendedActorSystem system, int identifier, Serializer inner, params IEnumerable<Type> read)
    : SerializerWithStringManifest(system)
{
    private readonly Dictionary<string, Type> _read = read.ToDictionary(type => type.TypeQualifiedName(), StringComparer.Ordinal);
    private readonly RefusalLog _refusals = new(system, TimeProvider.System);

    public override int Identifier => identifier;

    public override string Manifest(object o) => inner.IncludeManifest ? o.GetType().TypeQualifiedName() : "";

    public override byte[] ToBinary(object obj) => inner.ToBinary(obj);

    public override object FromBinary(byte[] bytes, string manifest)
    {
        manifest ??= "";
        Type? type = null;
        if (inner.IncludeManifest && !_read.TryGetValue(manifest, out type))
            return _refusals.Refuse(Identifier, manifest, "This type is not read.");
        if (!ActorPaths.AreShortIn(bytes))
            return _refusals.Refuse(Identifier, manifest, ActorPaths.TooLong);
        if (!NestedMessages.TryEnter())
            return _refusals.Refuse(Identifier, manifest, NestedMessages.TooDeep);
        try
        {
            if (FaultOf(bytes) is { } malformed)
                return _refusals.Refuse(Identifier, manifest, malformed);
            var message = inner.FromBinary(bytes, type);
            return FaultOf(message) is { } fault ? _refusals.Refuse(Identifier, manifest, fault) : message;
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

    /// <returns>Why it is not even read, as a sentence; null when it is.</returns>
    protected virtual string? FaultOf(byte[] bytes) => null;

    /// <returns>Why a message that could be read is not handed on, as a sentence; null when it is.</returns>
    protected virtual string? FaultOf(object message) => null;
}
