using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Attempts;

namespace ActorWebhooks.Hosting;

/// <summary>The checked settings of durable webhooks.</summary>
/// <param name="Plugin">The HOCON path of the journal plugin; empty for the application's default one.</param>
/// <param name="Timeout">How long an answer of the journal is waited for.</param>
internal sealed record JournalSettings(string Plugin, TimeSpan Timeout, JournalLimits Limits)
{
    private const long MiB = 1024 * 1024;

    /// <returns>Null when webhooks are not durable.</returns>
    public static JournalSettings? Create(SettingsReader reader, WebhooksOptions options)
    {
        var attempts = new AttemptLogLimits(
            reader.Duration("attempt-log.max-age", TimeSpan.FromSeconds(1)), reader.Size("attempt-log.max-bytes", "", null, 0, long.MaxValue));
        var settings = new JournalSettings(
            options.JournalPlugin ?? reader.Text("journal.plugin"),
            reader.Duration("journal.timeout", TimeSpan.FromSeconds(1)),
            new JournalLimits(
                (int)reader.Size("journal.chunk-bytes", "", null, 4096, 16 * MiB),
                reader.Size("outbox.memory-window", "", null, 64 * 1024, long.MaxValue),
                reader.Size("outbox.max-durable-bytes", "", null, MiB, long.MaxValue),
                reader.Size("outbox.max-node-durable-bytes", "", null, MiB, long.MaxValue),
                Attempts: attempts.MaxBytes == 0 ? null : attempts));
        return options.Durable ?? reader.Switch("durable") ? settings : null;
    }
}
