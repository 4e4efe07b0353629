using System.Text;
using Akka.Actor;

namespace ActorWebhooks.Cluster.Port;

/// <summary>
/// Tells the system actors of this node from all others by their paths, however they are written. Akka decides what a path means; most paths are
/// recognized without asking it.
/// </summary>
/// <param name="self">The address of this node.</param>
internal sealed class OwnActors(Address self)
{
    private const byte Slash = (byte)'/';
    private const string System = "system";

    private readonly byte[] _user = Encoding.UTF8.GetBytes($"akka.{self}/user/");
    private readonly Address _address = self.WithProtocol($"akka.{self.Protocol}");
    private readonly Address _local = new("akka", self.System);

    // As it stood in the latest path of another node, up to the slash behind it.
    private byte[] _anotherNode = [];

    /// <summary>Whether it may lead to a system actor of this node.</summary>
    public bool IsOfSystem(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty || (_anotherNode.Length > 0 && path.StartsWith(_anotherNode)))
            return false;

        // A part of two dots leads to the parent.
        var mayClimb = path.IndexOf("/."u8) >= 0;
        if (!mayClimb && path.StartsWith(_user))
            return false;
        if (Parse(path) is not { } parsed)
            return false;
        if (parsed.Address == _address || parsed.Address == _local)
            return mayClimb || parsed.Elements is [System, ..];
        _anotherNode = NodeOf(path).ToArray();
        return false;
    }

    // Akka does not take a message for or from what is no path.
    private static ActorPath? Parse(ReadOnlySpan<byte> path)
    {
        try
        {
            return ActorPath.TryParse(Encoding.UTF8.GetString(path), out var parsed) ? parsed : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> NodeOf(ReadOnlySpan<byte> path)
    {
        var start = path.IndexOf("://"u8) + 3;
        var end = path[start..].IndexOf(Slash);
        return end < 0 ? [] : path[..(start + end + 1)];
    }
}
