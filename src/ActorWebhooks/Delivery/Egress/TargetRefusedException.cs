namespace ActorWebhooks.Delivery.Egress;

/// <summary>An endpoint has no address that webhooks may connect to. It says nothing of the address: whoever wrote the URL may not know it.</summary>
internal sealed class TargetRefusedException() : Exception(Words)
{
    public const string Words = "the endpoint is at an address that webhooks of this node do not connect to (egress rules)";

    /// <summary>Whether this is what an exception comes from.</summary>
    public static bool IsIn(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is TargetRefusedException)
                return true;
        }

        return false;
    }
}
