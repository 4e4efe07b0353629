namespace ActorWebhooks.Server.Tests.Durability.DatabaseFile;

/// <summary>A test that mounts a file system.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountTheoryAttribute : TheoryAttribute
{
    public MountTheoryAttribute()
    {
        if (!Mounts.ArePossible)
            Skip = "It needs a user who may mount file systems, as the standing checks have.";
    }
}
