using System.Collections.Immutable;
using System.Net;

namespace ActorWebhooks.Delivery.Egress;

/// <summary>
/// Where webhooks may connect to, asked of each address just before it is connected to. What is never reached stays so whatever is allowed;
/// then what is allowed counts before what is denied, and that before the rule for private networks.
/// </summary>
/// <param name="DenyPrivateNetworks">Whether loopback and private networks are out of reach unless they are allowed.</param>
internal sealed record EgressRules(bool DenyPrivateNetworks, ImmutableArray<EgressRule> Allow, ImmutableArray<EgressRule> Deny)
{
    /// <summary>What always holds.</summary>
    public static readonly EgressRules AlwaysOn = new(false, [], []);

    /// <param name="host">As the URL names it.</param>
    public bool MayConnect(string host, IPAddress address, int port)
    {
        var unwrapped = AddressRanges.Unwrap(address);
        if (AddressRanges.IsNeverReached(address) || AddressRanges.IsNeverReached(unwrapped))
            return false;
        if (IsIn(Allow))
            return true;
        return !IsIn(Deny) && !(DenyPrivateNetworks && (AddressRanges.IsPrivate(address) || AddressRanges.IsPrivate(unwrapped)));

        bool IsIn(ImmutableArray<EgressRule> rules)
        {
            foreach (var rule in rules)
            {
                if (rule.IsAbout(host, address, unwrapped, port))
                    return true;
            }

            return false;
        }
    }
}
