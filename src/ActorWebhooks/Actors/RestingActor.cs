using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Actors;

/// <summary>
/// An actor that begins its work by itself when it starts, and that rests before it begins again after faults in a row: what it finds at its
/// start may be what it fails on. To be made by <see cref="ActorFactory"/>, which keeps the count of its faults.
/// </summary>
internal abstract class RestingActor : UntypedActor, IWithTimers
{
    /// <summary>Messages beyond it that come while the actor rests are dropped. The log says how many.</summary>
    public const int MostHeldBack = 10_000;

    // Null when it does not rest.
    private List<(object Message, IActorRef Sender)>? _heldBack;
    private long _dropped;

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>One for all instances that take the place of each other.</summary>
    internal RestartBackoff Restarts { private get; set; } = new();

    /// <inheritdoc/>
    protected override bool AroundReceive(Receive receive, object message) =>
        base.AroundReceive(_heldBack is null ? receive : OnRest, message);

    /// <inheritdoc/>
    protected sealed override void PostRestart(Exception reason)
    {
        var rest = Restarts.Next(Context.System.Scheduler.MonotonicClock);
        if (rest == TimeSpan.Zero)
        {
            PreStart();
            return;
        }

        Context.GetLogger().Error("{0}: failed {1} times in a row through a fault in the engine, and rests for {2:0} s", Self.Path, Restarts.InARow, rest.TotalSeconds);
        _heldBack = [];
        Timers.StartSingleTimer(nameof(Rested), Rested.Instance, rest);
    }

    private bool OnRest(object message)
    {
        if (message is Rested)
            GoOn();
        else if (_heldBack!.Count < MostHeldBack)
            _heldBack.Add((message, Sender));
        else
            _dropped++;
        return true;
    }

    private void GoOn()
    {
        var held = _heldBack!;
        _heldBack = null;
        if (_dropped > 0)
            Context.GetLogger().Error("{0}: dropped {1} messages that came while it rested, beyond {2}", Self.Path, _dropped, MostHeldBack);
        PreStart();
        foreach (var (message, sender) in held)
            Self.Tell(message, sender);
    }

    private sealed class Rested : INoSerializationVerificationNeeded
    {
        public static readonly Rested Instance = new();
    }
}
