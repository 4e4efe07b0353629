using ActorWebhooks.Journal.Requests;
using Akka.Actor;

namespace ActorWebhooks.Journal;

/// <summary>Requests that wait until others are answered. A webhook has at most a few of a kind, so it holds no more than some for each.</summary>
internal sealed class RequestQueue(int maxAtOnce)
{
    private readonly Queue<(JournalRequest Request, IActorRef AskedBy)> _waiting = new();
    private int _underWay;

    /// <summary>Whether it is to be done now; otherwise it waits.</summary>
    public bool TryStart(JournalRequest request, IActorRef askedBy)
    {
        if (_underWay < maxAtOnce)
        {
            _underWay++;
            return true;
        }

        _waiting.Enqueue((request, askedBy));
        return false;
    }

    /// <summary>Those that wait will not be done.</summary>
    public IEnumerable<(JournalRequest Request, IActorRef AskedBy)> Close()
    {
        while (_waiting.TryDequeue(out var next))
            yield return next;
    }

    /// <summary>One is done.</summary>
    /// <returns>What is to be done instead.</returns>
    public (JournalRequest Request, IActorRef AskedBy)? Finish()
    {
        if (_waiting.TryDequeue(out var next))
            return next;
        _underWay--;
        return null;
    }
}
