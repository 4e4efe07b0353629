using System.Collections.Immutable;
using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Delivery;

namespace ActorWebhooks.Cluster.Wire;

/// <summary>
/// The webhook's id, a byte for the kind of command, and what the command has to say. Commands that a webhook gets from its own node alone
/// have no number.
/// </summary>
internal static class CommandCodec
{
    private const byte Pause = 1;
    private const byte Resume = 2;
    private const byte Replay = 3;
    private const byte Drop = 4;
    private const byte ListDeadLetters = 5;
    private const byte ListAttempts = 6;
    private const byte Status = 7;
    private const byte ReplaySome = 8;
    private const byte DropSome = 9;
    private const byte Retry = 10;
    private const byte Find = 11;

    private const int MostIds = 1_000;

    public static void Write(WireWriter to, CommandForWebhook message)
    {
        to.Text(message.WebhookId);
        to.Byte(message.Command switch
        {
            PauseWebhook => Pause,
            ResumeWebhook => Resume,
            RetryNow => Retry,
            ReplayDeadLetters { Ids: null } => Replay,
            DropDeadLetters { Ids: null } => Drop,
            ReplayDeadLetters => ReplaySome,
            DropDeadLetters => DropSome,
            GetDeadLetters => ListDeadLetters,
            GetAttempts => ListAttempts,
            GetStatus => Status,
            FindEvent => Find,
            _ => throw WireSerializer.DoesNotCross(message.Command),
        });
        switch (message.Command)
        {
            case GetDeadLetters page:
                to.TextOrNull(page.After);
                to.Number(page.Limit);
                break;
            case ReplayDeadLetters { Ids: { } ids }:
                WriteIds(to, ids);
                break;
            case DropDeadLetters { Ids: { } ids }:
                WriteIds(to, ids);
                break;
            case FindEvent find:
                to.Text(find.EventId);
                break;
        }
    }

    public static CommandForWebhook Read(WireReader from) => new(
        from.Text(),
        from.Byte() switch
        {
            Pause => new PauseWebhook(),
            Resume => new ResumeWebhook(),
            Retry => new RetryNow(),
            Replay => new ReplayDeadLetters(),
            Drop => new DropDeadLetters(),
            ListDeadLetters => new GetDeadLetters(from.TextOrNull(), from.Int()),
            ListAttempts => new GetAttempts(),
            Status => new GetStatus(),
            ReplaySome => new ReplayDeadLetters(ReadIds(from)),
            Find => new FindEvent(from.Text()),
            DropSome => new DropDeadLetters(ReadIds(from)),
            var kind => throw WireReader.Unknown("command", kind),
        });

    private static void WriteIds(WireWriter to, ImmutableHashSet<string> ids)
    {
        to.Number(ids.Count);
        foreach (var id in ids.Order(StringComparer.Ordinal))
            to.Text(id);
    }

    private static ImmutableHashSet<string> ReadIds(WireReader from)
    {
        var count = from.Int();
        if (count is < 0 or > MostIds)
            throw new InvalidDataException($"{count} ids are more than {MostIds}.");
        var ids = ImmutableHashSet.CreateBuilder<string>();
        for (; count > 0; count--)
            ids.Add(from.Text());
        return ids.ToImmutable();
    }
}
