using System.Collections.Concurrent;
using System.Reflection.Metadata;
using Akka.Configuration;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>
/// The types that replicated data may name: those of the .NET core library, and of the assemblies that have a message in
/// <c>akka.actor.serialization-bindings</c>. These are loaded anyway.
/// </summary>
internal sealed class ReplicatedTypes
{
    // A type that was made of others stays for good, so their number is bounded, and how many types one name has.
    private const int MostNames = 1_000;
    private const int MostParts = 8;

    private static readonly TypeNameParseOptions Bounded = new() { MaxNodes = MostParts };
    private static readonly string? Core = typeof(object).Assembly.GetName().Name;

    private readonly HashSet<string> _assemblies;
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    private ReplicatedTypes(HashSet<string> assemblies) => _assemblies = assemblies;

    public static ReplicatedTypes Of(Config config)
    {
        var assemblies = new HashSet<string>(StringComparer.Ordinal) { Core!, "mscorlib" };
        foreach (var (message, _) in config.GetConfig("akka.actor.serialization-bindings").AsEnumerable())
        {
            if (TypeName.TryParse(message, out var type, Bounded) && type.AssemblyName is { } assembly)
                assemblies.Add(assembly.Name);
        }

        return new ReplicatedTypes(assemblies);
    }

    public bool IsKnown(string name)
    {
        if (_known.ContainsKey(name))
            return true;
        return _known.Count < MostNames && TypeName.TryParse(name, out var type, Bounded) && IsKnown(type) && _known.TryAdd(name, true);
    }

    private bool IsKnown(TypeName type)
    {
        if (type.IsArray)
            return IsKnown(type.GetElementType());
        if (type.IsByRef || type.IsPointer)
            return false;
        if (type.IsConstructedGenericType)
        {
            foreach (var argument in type.GetGenericArguments())
            {
                if (!IsKnown(argument))
                    return false;
            }
        }

        // Without an assembly it is of the core library, or of Akka.DistributedData, which looks it up.
        return type.AssemblyName is not { } assembly || _assemblies.Contains(assembly.Name);
    }
}
