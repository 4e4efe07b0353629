using System.Diagnostics;

namespace ActorWebhooks.LoadTest.Contenders;

/// <summary>One way of getting events to a receiver.</summary>
internal interface IContender : IAsyncDisposable
{
    /// <summary>Another process that does part of the work; its CPU time and memory count.</summary>
    Process? Helper => null;

    /// <summary>How many events one call of <see cref="SendAsync"/> stands for.</summary>
    int EventsPerSend => 1;

    Task StartAsync(Target target);

    /// <summary>Called by one or more producers, each with events of its own; may return before the event has gone.</summary>
    ValueTask SendAsync(string type, SignIn data);

    /// <summary>No more comes for now: what was gathered goes. Called when all producers have ended.</summary>
    void Flush()
    {
    }

    /// <summary>How many events were not taken since the last call, and are to be sent again.</summary>
    int TakeRefused() => 0;
}
