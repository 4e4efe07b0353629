using System.Text;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Attempts;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Journal.Attempts;

/// <summary>A durable webhook that keeps its attempts.</summary>
internal sealed class AttemptRig(TimeSpan? maxAge = null, long maxBytes = 64 << 20, int batch = 50) : IDisposable
{
    public static readonly string Stream = SimulatedNode.Ids.Attempts;

    public DurableRig Rig { get; } = new(
        new JournalLimits(DurableRig.Chunk, DurableRig.Window, MaxBytes: 1L << 40, Attempts: new AttemptLogLimits(maxAge ?? TimeSpan.FromDays(3), maxBytes)),
        batch: batch);

    public SimulatedNode Node => Rig.Node;

    public SortedDictionary<long, JournalRow> Rows => Rig.Journal.Rows(Stream);

    /// <summary>What the journal was asked of attempts and has not answered yet.</summary>
    public IEnumerable<JournalRequest> Requests => Node.Requests.Where(request => request.PersistenceId == Stream);

    public long Bytes => Rows.Values.Sum(row => (long)row.Bytes.Length);

    public void Start() => Rig.Start(Some.Webhook with { Throttle = TimeSpan.Zero });

    /// <summary>One attempt for some new events.</summary>
    public void Attempt(int status, int events = 1)
    {
        Rig.Publish(events);
        Rig.AnswerJournal();
        Assert.NotNull(Node.Sent);
        Rig.AnswerAttempt(status);
        Rig.AnswerJournal();
    }

    /// <summary>Time passes, and the webhook looks what there is to do.</summary>
    public void Pass(TimeSpan time)
    {
        Rig.Time.Pass(time);
        Node.Work();
    }

    /// <summary>One attempt, in a row of its own.</summary>
    public void AttemptRow(int status, int events = 1)
    {
        Attempt(status, events);
        Pass(TimeSpan.FromSeconds(10));
        Rig.AnswerJournal();
    }

    public static AttemptRowHead HeadOf(JournalRow row)
    {
        Assert.True(ActorWebhooks.Journal.Attempts.AttemptRow.TryReadHead(row, out var head, out var fault), fault);
        return head;
    }

    /// <summary>The attempts in the journal that had an event.</summary>
    public List<Attempt> Find(string id)
    {
        var found = new List<Attempt>();
        foreach (var row in Rows.Values)
        {
            Assert.True(
                ActorWebhooks.Journal.Attempts.AttemptRow.TryFind(row, HeadOf(row), Encoding.UTF8.GetBytes(id), found, out _, out var fault), fault);
        }

        return found;
    }

    public void Dispose() => Rig.Dispose();
}
