namespace ActorWebhooks.Delivery.NameResolution;

/// <summary>What is expected of the lookup of a name; it decides which threads the lookup may use.</summary>
internal enum LookupLane
{
    /// <summary>The name was resolved before, so the lookup will probably be quick.</summary>
    Known,

    /// <summary>Nothing is known about the name.</summary>
    Unknown,

    /// <summary>The last lookup took long and failed, so the next one will probably hold a thread for seconds.</summary>
    Suspect,
}
