using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ActorWebhooks.Tests.Delivery.NameResolution;

/// <summary>Answers, fails, or blocks the thread that asks until the test says otherwise.</summary>
internal sealed class SimulatedNameServer : IDisposable
{
    private readonly ManualResetEventSlim _speaks = new(initialState: true);
    private int _asking;

    public static IPAddress[] Addresses { get; } = [IPAddress.Parse("192.0.2.1")];

    /// <summary>The names that it was asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>How many threads ask at the moment.</summary>
    public int Asking => Volatile.Read(ref _asking);

    /// <summary>Which names are silent while it is <see cref="Silent"/>.</summary>
    public Predicate<string> SilentFor { get; init; } = _ => true;

    public SocketError? Failure { get; set; }

    public bool Silent
    {
        set
        {
            if (value)
                _speaks.Reset();
            else
                _speaks.Set();
        }
    }

    public IPAddress[] LookUp(string name)
    {
        Interlocked.Increment(ref _asking);
        Asked.Enqueue(name);
        if (SilentFor(name))
            _speaks.Wait();
        Interlocked.Decrement(ref _asking);
        return Failure is { } failure ? throw new SocketException((int)failure) : Addresses;
    }

    public void Dispose() => _speaks.Set();
}
