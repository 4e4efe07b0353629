using ActorWebhooks.Connections;

namespace ActorWebhooks.Server.Hosting;

/// <summary>Whether this process may have so few open files that what it loads matters.</summary>
internal static class FewHandles
{
    /// <summary>Under this, the assemblies of the server are loaded from memory.</summary>
    public const int Enough = 512;

    // A program in a single file has no assemblies in files.
    public static bool Are() => typeof(FewHandles).Assembly.Location.Length > 0 && OpenFiles.Limit < Enough;
}
