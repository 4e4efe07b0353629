using Akka.Actor.Setup;
using Akka.Configuration;

namespace ActorWebhooks.Server.Storage;

/// <summary>Where undelivered events are kept: what the engine is started with for it, and what it needs on this machine.</summary>
internal abstract class EventStore : IDisposable
{
    /// <summary>The journal plugin of the profiles.</summary>
    public const string Plugin = "akka.persistence.journal.sql";

    /// <summary>For a sentence: events are kept … .</summary>
    public abstract string Place { get; }

    /// <summary>The defaults that it brings, under the user's HOCON.</summary>
    public virtual Config Profile { get; } = ConfigurationFactory.ParseString("");

    /// <summary>What goes over the user's HOCON; null leaves it to that.</summary>
    public virtual bool? Durable => null;

    /// <summary>How connections are made, kept out of the configuration because Akka may be told to log that.</summary>
    public virtual Setup? Connections => null;

    /// <summary>A connection string with a password in it; null when there is none.</summary>
    public virtual string? SecretConnection => null;

    /// <summary>Takes hold of it.</summary>
    /// <exception cref="Hosting.RefusedException">It cannot be had.</exception>
    public virtual void Open()
    {
    }

    /// <summary>What keeps it from being used now, though it may come; null when nothing does.</summary>
    public virtual Task<string?> FaultAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Why it can be neither read nor written now, in a sentence that anybody may read; null when it can, as far as is known.</summary>
    public virtual string? Unusable => null;

    /// <summary>Begins to look after it, if it wants that, until it is disposed.</summary>
    public virtual void StartUpkeep(ILogger logger)
    {
    }

    /// <summary>Lets go of it.</summary>
    public virtual void Dispose()
    {
    }
}
