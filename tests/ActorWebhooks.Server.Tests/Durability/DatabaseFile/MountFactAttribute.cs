namespace ActorWebhooks.Server.Tests.Durability.DatabaseFile;

/// <summary>A test that mounts a file system.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute()
    {
        if (!Mounts.ArePossible)
            Skip = "It needs a user who may mount file systems, as the standing checks have.";
    }
}
