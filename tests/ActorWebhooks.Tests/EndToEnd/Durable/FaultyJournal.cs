using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace ActorWebhooks.Tests.EndToEnd.Durable;

/// <summary>A journal plugin that fails as a test says, over rows that outlive the actor system.</summary>
internal sealed class FaultyJournal(Config config) : AsyncWriteJournal
{
    private readonly FaultyStore _store = FaultyStore.Of(config.GetString("store"));

    public override async Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        await _store.ReadAsync();
        foreach (var row in _store.RowsOf(persistenceId).Where(row => row.SequenceNr >= fromSequenceNr && row.SequenceNr <= toSequenceNr))
            recoveryCallback(row);
    }

    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        await _store.ReadAsync();
        return _store.RowsOf(persistenceId).LastOrDefault()?.SequenceNr ?? 0;
    }

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var rows = messages.SelectMany(write => (IImmutableList<IPersistentRepresentation>)write.Payload).ToList();
        return await _store.WriteAsync(rows) ? null! : [.. rows.Select(_ => new InvalidOperationException("rejected"))];
    }

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr, CancellationToken cancellationToken)
    {
        _store.Delete(persistenceId, toSequenceNr);
        return Task.CompletedTask;
    }
}
