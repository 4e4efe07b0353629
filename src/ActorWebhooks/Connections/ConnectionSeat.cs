using Akka.Actor;

namespace ActorWebhooks.Connections;

/// <summary>
/// What an actor asks for connections with. It is told <see cref="ConnectionGranted"/> when it has waited, and
/// <see cref="ConnectionRecalled"/> when it is to give its connection up. Only its actor calls <see cref="TryEnter"/> and
/// <see cref="Leave"/>; the gate answers from any thread.
/// </summary>
internal sealed class ConnectionSeat(ConnectionGate gate, IActorRef owner) : ConnectionTurn
{
    // The number of the latest request, above two bits for what came of it, so that both change at once: an answer to a request that was
    // taken back must not count as one to the request after it.
    private const int RequestShift = 2;
    private const long None = 0;
    private const long Asking = 1;
    private const long Awaiting = 2;
    private const long Granted = 3;

    private long _word;

    /// <summary>What the next request is for; set by the actor while it holds nothing and does not wait.</summary>
    public ConnectionClass NextClass { get; set; } = ConnectionClass.Unproven;

    public bool IsWaiting => StateOf(Volatile.Read(ref _word)) == Awaiting;

    public bool IsHeld => StateOf(Volatile.Read(ref _word)) == Granted;

    /// <summary>Asks for a connection unless it was asked for already.</summary>
    /// <returns>Whether there is one. Otherwise the actor is told when there is.</returns>
    public bool TryEnter()
    {
        var word = Volatile.Read(ref _word);
        if (StateOf(word) == Granted)
            return true;
        if (StateOf(word) == Awaiting)
            return false;
        var request = RequestOf(word) + 1;
        Volatile.Write(ref _word, WordOf(request, Asking));
        gate.Ask(this, request, NextClass);
        return Interlocked.CompareExchange(ref _word, WordOf(request, Awaiting), WordOf(request, Asking)) == WordOf(request, Granted);
    }

    /// <summary>Gives the connection back, or does not wait for it any longer. It may be called at any time, and again.</summary>
    public void Leave()
    {
        var word = Volatile.Read(ref _word);
        if (StateOf(word) == None)
            return;
        // The gate may grant it at this moment; it releases what it has granted then, as it sees this after that.
        Volatile.Write(ref _word, WordOf(RequestOf(word), None));
        gate.Leave(this);
    }

    /// <summary>Whether a recall is for the connection that is held now.</summary>
    public bool IsFor(ConnectionRecalled recall) => Volatile.Read(ref _word) == WordOf(recall.Request, Granted);

    /// <summary>By the gate: the connection is there.</summary>
    public void Grant()
    {
        var granted = WordOf(Request, Granted);
        if (Interlocked.CompareExchange(ref _word, granted, WordOf(Request, Asking)) == WordOf(Request, Asking))
            return;
        if (Interlocked.CompareExchange(ref _word, granted, WordOf(Request, Awaiting)) == WordOf(Request, Awaiting))
            owner.Tell(ConnectionGranted.Instance, ActorRefs.NoSender);
    }

    /// <summary>By the gate: others wait for it.</summary>
    public void Recall() => owner.Tell(new ConnectionRecalled(Request), ActorRefs.NoSender);

    private static long StateOf(long word) => word & Granted;

    private static long RequestOf(long word) => word >> RequestShift;

    private static long WordOf(long request, long state) => (request << RequestShift) | state;
}
