using System.Collections.Concurrent;
using System.Reflection.Metadata;
using Akka.Configuration;
using Akka.Util;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>
/// The types that replicated data may name: those of the .NET core library, and of the assemblies that have a message in
/// <c>akka.actor.serialization-bindings</c>. These are loaded anyway.
/// </summary>
internal sealed class ReplicatedTypes
{
    // A type that was made of others stays for good, so the number of names is bounded, and how many types one name has.
    private const int MostNames = 1_000;
    private const int MostParts = 8;
    private const int LongestName = 1_000;

    // What the coordinator of the shards keeps.
    private const string CoordinatorState = "Akka.Cluster.Sharding.ShardCoordinator+CoordinatorState, Akka.Cluster.Sharding";

    private static readonly TypeNameParseOptions Bounded = new() { MaxNodes = MostParts };
    private static readonly string Core = typeof(object).Assembly.GetName().Name!;

    private readonly HashSet<string> _assemblies = new(StringComparer.Ordinal) { Core };
    private readonly HashSet<string> _always = new(StringComparer.Ordinal) { CoordinatorState, typeof(object).TypeQualifiedName() };
    private readonly ConcurrentDictionary<string, bool> _others = new(StringComparer.Ordinal);

    private ReplicatedTypes()
    {
    }

    public static ReplicatedTypes Of(Config config)
    {
        var types = new ReplicatedTypes();
        foreach (var (message, _) in config.GetConfig("akka.actor.serialization-bindings").AsEnumerable())
        {
            types._always.Add(message);
            if (TypeName.TryParse(message, out var type, Bounded) && type.AssemblyName is { } assembly)
                types._assemblies.Add(assembly.Name);
        }

        return types;
    }

    /// <summary>Whether it may be looked up. Invented names fill a table of their own, so bound messages and the state of sharding stay readable.</summary>
    public bool IsKnown(string name)
    {
        if (_always.Contains(name) || _others.ContainsKey(name))
            return true;
        return name.Length <= LongestName
            && _others.Count < MostNames
            && TypeName.TryParse(name, out var type, Bounded)
            && IsKnown(type)
            && _others.TryAdd(name, true);
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
