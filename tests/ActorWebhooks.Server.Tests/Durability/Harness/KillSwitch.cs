namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>Tells when a kill point is reached.</summary>
internal sealed class KillSwitch
{
    private readonly KillPoint _point;
    private readonly TaskCompletionSource _pulled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _dead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _seen;

    public KillSwitch(KillPoint point)
    {
        _point = point;
        if (point.Count == 0)
            _pulled.SetResult();
    }

    public Task Pulled => _pulled.Task;

    /// <summary>The server is dead.</summary>
    public void Dead() => _dead.TrySetResult();

    /// <summary>A producer has read a 202.</summary>
    public void Accepted() => See(KillKind.Accepted);

    /// <summary>A receiver is about to answer a request 200; completes when it may.</summary>
    public Task AnswerAsync()
    {
        See(KillKind.Answered);
        return See(KillKind.Unanswered) ? _dead.Task : Task.CompletedTask;
    }

    private bool See(KillKind kind)
    {
        var isLast = kind == _point.Kind && Interlocked.Increment(ref _seen) == _point.Count;
        if (isLast)
            _pulled.TrySetResult();
        return isLast;
    }
}
