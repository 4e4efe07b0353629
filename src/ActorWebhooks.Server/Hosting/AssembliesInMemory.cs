using System.Reflection;
using System.Runtime.Loader;

namespace ActorWebhooks.Server.Hosting;

/// <summary>
/// Loads the assemblies of the server and of ASP.NET from memory, and leaves only those of the runtime in files. .NET holds two handles for
/// each assembly that it loads from a file, about 170 for these: too many for a process that may have a few hundred.
/// </summary>
internal sealed class AssembliesInMemory : AssemblyLoadContext
{
    private readonly Dictionary<string, string> _paths = PathsOutsideTheRuntime();
    private readonly AssemblyDependencyResolver _resolver = new(typeof(AssembliesInMemory).Assembly.Location);

    private AssembliesInMemory()
        : base(nameof(AssembliesInMemory))
    {
    }

    /// <summary>Calls a static method of this assembly, as it is loaded from memory.</summary>
    public static Task<int> RunAsync(Type type, string method, string[] args)
    {
        var assembly = new AssembliesInMemory().LoadFromAssemblyName(type.Assembly.GetName());
        var copy = assembly.GetType(type.FullName!, throwOnError: true)!.GetMethod(method, BindingFlags.Static | BindingFlags.Public)!;
        return (Task<int>)copy.Invoke(null, [args])!;
    }

    // Without the translated texts of libraries: the default context has these.
    protected override Assembly? Load(AssemblyName assemblyName) =>
        string.IsNullOrEmpty(assemblyName.CultureName) && _paths.TryGetValue(assemblyName.Name!, out var path)
            ? LoadFromStream(new MemoryStream(File.ReadAllBytes(path)))
            : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static Dictionary<string, string> PathsOutsideTheRuntime()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var all = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        return all.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => Path.GetDirectoryName(path) != runtime)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);
    }
}
