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

    public static void Write(WireWriter to, CommandForWebhook message)
    {
        to.Text(message.WebhookId);
        to.Byte(message.Command switch
        {
            PauseWebhook => Pause,
            ResumeWebhook => Resume,
            ReplayDeadLetters => Replay,
            DropDeadLetters => Drop,
            GetDeadLetters => ListDeadLetters,
            GetAttempts => ListAttempts,
            GetStatus => Status,
            _ => throw WireSerializer.DoesNotCross(message.Command),
        });
        if (message.Command is GetDeadLetters page)
        {
            to.TextOrNull(page.After);
            to.Number(page.Limit);
        }
    }

    public static CommandForWebhook Read(WireReader from) => new(
        from.Text(),
        from.Byte() switch
        {
            Pause => new PauseWebhook(),
            Resume => new ResumeWebhook(),
            Replay => new ReplayDeadLetters(),
            Drop => new DropDeadLetters(),
            ListDeadLetters => new GetDeadLetters(from.TextOrNull(), from.Int()),
            ListAttempts => new GetAttempts(),
            Status => new GetStatus(),
            var kind => throw WireReader.Unknown("command", kind),
        });
}
