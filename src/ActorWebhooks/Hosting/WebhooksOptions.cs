namespace ActorWebhooks;

/// <summary>
/// Settings of the engine. What is null is left to the HOCON section <c>actor-webhooks</c> of the application, and then to
/// the defaults of the library (<c>reference.conf</c>).
/// </summary>
public class WebhooksOptions
{
    /// <summary>The TOML file with the <c>[webhook."id"]</c> sections; relative paths are taken from the current folder.</summary>
    /// <value>Default null: <c>actor-webhooks.config-file</c>.</value>
    public string? ConfigFile { get; set; }

    /// <summary>The same TOML as text, instead of a file.</summary>
    /// <value>Default null. Not together with <see cref="ConfigFile"/>.</value>
    public string? ConfigText { get; set; }

    /// <summary>
    /// Whether <see cref="ConfigFile"/> may hold no webhook. Otherwise such a file is refused, at start and when it changes, unless it has the
    /// line <c># no webhooks</c>: an editor, a script or a full disk may have emptied it.
    /// </summary>
    /// <value>Default null: <c>actor-webhooks.allow-empty-config-file</c>, off.</value>
    public bool? AllowEmptyConfigFile { get; set; }

    /// <summary>
    /// The event types that the application publishes. If there are any, a webhook whose patterns match none of them is warned about
    /// at start. Other types may be published all the same.
    /// </summary>
    /// <value>Default empty.</value>
    public ICollection<string> EventTypes { get; } = [];

    /// <summary>
    /// The largest event: how many bytes a request takes that sends it alone, <c>{"events":[…]}</c>. A larger event is refused. So an event
    /// that is taken fits into a batch of the same limit, and passes receivers that have it.
    /// </summary>
    /// <value>1 to 16,777,216. Default null: <c>actor-webhooks.max-event-bytes</c>, 262,144.</value>
    public long? MaxEventBytes { get; set; }

    /// <summary>
    /// How many bytes of undelivered events one webhook may hold in memory; beyond that it refuses. If it is durable these are the ones that
    /// the journal has not confirmed, and <c>actor-webhooks.outbox.memory-window</c> of those that it has.
    /// </summary>
    /// <value>At least 1,048,576, and 4,096 more than the largest event. Default null: <c>actor-webhooks.outbox.max-bytes</c>, 67,108,864.</value>
    public long? OutboxMaxBytes { get; set; }

    /// <summary>How many bytes of undelivered events all webhooks of this node may hold in memory together.</summary>
    /// <value>At least <see cref="OutboxMaxBytes"/>. Default null: <c>actor-webhooks.outbox.max-node-bytes</c>, 536,870,912.</value>
    public long? OutboxMaxNodeBytes { get; set; }

    /// <summary>How many connections to endpoints this node may have open at once; a webhook beyond them waits its turn.</summary>
    /// <value>
    /// 2 to 1,000,000. Default null: <c>actor-webhooks.http.max-connections</c>, which is <c>auto</c>: what the limit of open files of the
    /// process allows, at most 4,096.
    /// </value>
    public int? MaxConnections { get; set; }

    /// <summary>
    /// Whether events are written to a journal of Akka.Persistence before they count as accepted, so that they survive the process. Webhooks
    /// that are <c>lossy</c> keep theirs in memory all the same.
    /// </summary>
    /// <value>Default null: <c>actor-webhooks.durable</c>, off.</value>
    public bool? Durable { get; set; }

    /// <summary>The HOCON path of the journal plugin, such as <c>akka.persistence.journal.sql</c>.</summary>
    /// <value>Default null: <c>actor-webhooks.journal.plugin</c>, which is empty: the application's default journal.</value>
    public string? JournalPlugin { get; set; }

    /// <summary>
    /// Whether no other node may use the journal, so that a node which starts on it takes it over as a whole. Without it, which suits a database
    /// of many applications, each webhook is taken over by itself.
    /// </summary>
    internal bool OwnsJournal { get; set; }

    internal TimeProvider Time { get; set; } = TimeProvider.System;

    internal Random Random { get; set; } = Random.Shared;

    /// <summary>Stands in for the network: the handler for webhooks that check certificates (false) and that do not (true).</summary>
    internal Func<bool, HttpMessageHandler>? HttpHandlerOf { get; set; }
}
