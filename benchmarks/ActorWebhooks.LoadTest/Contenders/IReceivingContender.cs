using ActorWebhooks.LoadTest.Receiving;

namespace ActorWebhooks.LoadTest.Contenders;

/// <summary>A contender that does not send to the receiver, but has its own within its process.</summary>
internal interface IReceivingContender : IContender
{
    /// <summary>Gets what arrives.</summary>
    OrderedArrivals Arrivals { set; }
}
