namespace ActorWebhooks.Connections;

/// <summary>
/// Who may have an attempt under way. Every step takes the same time, however many webhooks there are. Not safe for use by
/// several threads.
/// <list type="bullet">
/// <item>At most <c>max</c> webhooks hold a connection; those that are slow or hang get none beyond half of them, or beyond a quarter
/// while others wait.</item>
/// <item>A free connection goes to the four classes in turn, and within a class to the webhook that has waited longest. A webhook that
/// has had its turn goes to the end.</item>
/// <item>When a webhook that is neither slow nor hangs finds no connection free, another of its kind that has held its own longest is asked to
/// give it up, as soon as it has held it for <c>slowAfter</c>. Those that are slow or hang are never asked.</item>
/// </list>
/// </summary>
internal sealed class ConnectionTurns(int max, TimeSpan slowAfter)
{
    private readonly LinkedList<ConnectionTurn>[] _waiting = [new(), new(), new(), new()];
    private readonly LinkedList<ConnectionTurn> _recallable = new();
    private int _nextClass;
    private int _recalled;

    /// <summary>How many hold a connection.</summary>
    public int Held { get; private set; }

    /// <summary>How many of them are slow or hang.</summary>
    public int SlowHeld { get; private set; }

    public int Waiting => WaitingNotSlow + _waiting[(int)ConnectionClass.Slow].Count + _waiting[(int)ConnectionClass.Hanging].Count;

    private int MaxSlow => WaitingNotSlow > 0 ? Math.Max(1, max / 4) : max / 2;

    private int WaitingNotSlow => _waiting[(int)ConnectionClass.Prompt].Count + _waiting[(int)ConnectionClass.Unproven].Count;

    /// <summary>The webhook wants a connection, and waits until <see cref="TryGrant"/> returns it.</summary>
    public void Ask(ConnectionTurn turn, ConnectionClass @class)
    {
        (turn.Class, turn.State) = (@class, TurnState.Waiting);
        _waiting[(int)@class].AddLast(turn.Place);
    }

    /// <summary>The webhook wants no connection any more, whether it has one or waits for it.</summary>
    public void Leave(ConnectionTurn turn)
    {
        switch (turn.State)
        {
            case TurnState.Waiting:
                _waiting[(int)turn.Class].Remove(turn.Place);
                break;
            case TurnState.Holding or TurnState.Recalled:
                Held--;
                if (IsSlow(turn.Class))
                    SlowHeld--;
                else if (turn.State == TurnState.Recalled)
                    _recalled--;
                else
                    _recallable.Remove(turn.Place);
                break;
        }

        turn.State = TurnState.None;
    }

    /// <returns>A webhook that has a connection from now on; null when nobody waits who may have one.</returns>
    public ConnectionTurn? TryGrant(TimeSpan now)
    {
        if (Held == max)
            return null;
        for (var i = 0; i < _waiting.Length; i++)
        {
            var @class = (_nextClass + i) % _waiting.Length;
            if (_waiting[@class].First is not { } first || (IsSlow((ConnectionClass)@class) && SlowHeld >= MaxSlow))
                continue;
            _nextClass = (@class + 1) % _waiting.Length;
            _waiting[@class].RemoveFirst();
            Hold(first.Value, now);
            return first.Value;
        }

        return null;
    }

    /// <returns>A webhook that is to give its connection up for another; null when there is none now.</returns>
    public ConnectionTurn? TryRecall(TimeSpan now)
    {
        if (RecallAt is not { } due || now < due)
            return null;
        var turn = _recallable.First!.Value;
        _recallable.RemoveFirst();
        _recalled++;
        turn.State = TurnState.Recalled;
        return turn;
    }

    /// <summary>When <see cref="TryRecall"/> has somebody to return next, if nothing else happens; null for never.</summary>
    public TimeSpan? RecallAt =>
        Held == max && WaitingNotSlow > _recalled && _recallable.First is { } oldest ? oldest.Value.HeldSince + slowAfter : null;

    private static bool IsSlow(ConnectionClass @class) => @class >= ConnectionClass.Slow;

    private void Hold(ConnectionTurn turn, TimeSpan now)
    {
        Held++;
        (turn.State, turn.HeldSince) = (TurnState.Holding, now);
        if (IsSlow(turn.Class))
            SlowHeld++;
        else
            _recallable.AddLast(turn.Place);
    }
}
