using System.Net;
using System.Net.Sockets;

namespace ActorWebhooks.Delivery.NameResolution;

/// <summary>What a caller gets who asks for a name now.</summary>
/// <param name="Addresses">To be used at once, or, if <paramref name="WaitFor"/> is not null, when that is over without an answer.</param>
/// <param name="Failure">To be thrown likewise, if there are no addresses.</param>
/// <param name="NeedsLookup">Whether a lookup has to be started.</param>
/// <param name="WaitFor">How long the answer of the lookup is waited for: null not at all, infinite until it is there.</param>
internal readonly record struct NameAnswer(IPAddress[]? Addresses, SocketError? Failure, bool NeedsLookup, TimeSpan? WaitFor);
