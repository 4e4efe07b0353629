using Akka.Configuration;

namespace ActorWebhooks.Server.Storage;

/// <summary>A journal that the user's own HOCON describes, over the profile that would have been used.</summary>
internal sealed class ForeignStore(string plugin, Config profile) : EventStore
{
    public override string Place => plugin.Length == 0 ? "in the default journal of the HOCON file" : $"in the journal {plugin} of the HOCON file";

    public override Config Profile => profile;
}
