using ActorWebhooks.Configuration;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery.Model;

/// <summary>Something that happens to a webhook.</summary>
internal abstract record Step
{
    public abstract void Do(Session session);
}

internal enum Command
{
    Pause,
    Resume,
    RetryNow,
    Interrupt,
    Drain,
    Replay,
    DropDeadLetters,
    Abandon,
}

internal sealed record Offer(int Count, int DataBytes, bool IsBad) : Step
{
    public override void Do(Session session) => session.Offer(Count, DataBytes, IsBad);
}

internal sealed record Pass(TimeSpan Time) : Step
{
    public override void Do(Session session) => session.Pass(Time);
}

internal sealed record PassToWait(bool ButOneTick) : Step
{
    public override void Do(Session session) => session.PassToWait(ButOneTick);
}

internal sealed record Answer(SimulatedReceiver Receiver) : Step
{
    public override void Do(Session session) => session.Answer(Receiver);
}

/// <summary>An endpoint that answers alike for a while, as long as it takes.</summary>
internal sealed record AnswerMany(SimulatedReceiver Receiver, int Times) : Step
{
    public override void Do(Session session)
    {
        for (var i = 0; i < Times; i++)
        {
            session.Answer(Receiver);
            session.PassToWait(butOneTick: false);
        }
    }
}

internal sealed record Tell(Command Command) : Step
{
    public override void Do(Session session) => session.Tell(Command);
}

internal sealed record Configure(TimeSpan Throttle, BatchLimits Batch, bool Lossy, TimeSpan? DiscardAfter, RetryDelays Retry) : Step
{
    public override void Do(Session session) => session.Configure(Apply(session.Definition));

    public WebhookDefinition Apply(WebhookDefinition definition) => definition with
    {
        Throttle = Throttle,
        Batch = Batch,
        Lossy = Lossy,
        DiscardAfter = DiscardAfter,
        Retry = Retry,
    };
}
