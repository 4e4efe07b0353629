using System.Net;

namespace ActorWebhooks.Server.Intake;

/// <summary>What one request has of the <see cref="BodyBudget"/>, which changes it under its lock.</summary>
internal sealed class BodyShare
{
    // A body of which so much arrives within the grace of the budget is not slow.
    private const int Step = 64 * 1024;

    private volatile bool _isWaiting;
    private long _latestStep;
    private int _sinceStep;

    /// <summary>Null when it is not known.</summary>
    public IPAddress? Address { get; set; }

    public long Bytes { get; set; }

    /// <summary>Stops the request; null when neither its body nor its answer is on the way, or it has been stopped.</summary>
    public Action? Stop { get; set; }

    /// <summary>Whether it waits for room, and is not slow by itself.</summary>
    public bool IsWaiting
    {
        get => _isWaiting;
        set => _isWaiting = value;
    }

    /// <summary>When the latest step of the body had arrived, or of the answer had begun, as a timestamp.</summary>
    public long LatestStep => Volatile.Read(ref _latestStep);

    public void Begin(long now) => Volatile.Write(ref _latestStep, now);

    public void Arrived(int bytes, long now)
    {
        _sinceStep += bytes;
        if (_sinceStep < Step)
            return;
        _sinceStep = 0;
        Volatile.Write(ref _latestStep, now);
    }
}
