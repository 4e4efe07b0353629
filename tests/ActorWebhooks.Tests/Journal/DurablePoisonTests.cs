using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Journal;

/// <summary>An event that passes before the one that stands in front of it leaves the journal behind that one.</summary>
public sealed class DurablePoisonTests : IDisposable
{
    private static readonly WebhookDefinition Webhook = Some.Webhook with
    {
        Throttle = TimeSpan.Zero,
        PoisonAttempts = 1,
        Retry = new RetryDelays(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)),
    };

    private readonly DurableRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Poison_is_buried_in_the_journal_and_the_others_are_delivered_in_order()
    {
        Begin();
        _rig.Publish(6);
        _rig.AnswerJournal();
        for (var i = 0; i < 100 && _rig.Node.Status.Waiting > 0; i++)
            Answer(_rig.Node.SentIds.Contains("2") ? 500 : 200);

        Assert.Equal(["0", "1", "3", "4", "5"], _rig.Delivered);
        var letter = Assert.Single(_rig.Kept());
        Assert.Equal(("2", DeadLetterReason.Poisonous), (letter.Event.Id, letter.Reason));
        Begin();
        Assert.Equal((5L, 0, 1), (_rig.Node.Status.Delivered, _rig.Node.Status.Waiting, _rig.Node.Status.Dead));
    }

    [Fact]
    public void Crash_before_the_suspect_is_decided_on_loses_nothing_and_repeats_what_passed_before_it_alone()
    {
        Begin();
        _rig.Publish(4);
        Answer(500);
        Answer(500);
        Assert.Equal(["0"], _rig.Node.SentIds);
        Answer(500);
        Assert.Equal(["1"], _rig.Node.SentIds);
        Answer(200);
        Assert.Equal(["0"], _rig.Node.SentIds);

        Begin();
        _rig.Time.Pass(TimeSpan.FromMinutes(1));
        _rig.Run(200);

        Assert.Equal(["1", "0", "1", "2", "3"], _rig.Delivered);
        Assert.Equal((4L, 0, 0), (_rig.Node.Status.Delivered, _rig.Node.Status.Waiting, _rig.Node.Status.Dead));
    }

    [Fact]
    public void Crashes_in_the_middle_of_a_run_lose_nothing_and_repeat_what_passed_before_its_turn_alone() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 40], Gen.Int[1, 16], Gen.Int[0, 80].Array[0, 3]).Sample(
            (good, place, bad, crashes) =>
            {
                using var tests = new DurablePoisonTests();
                tests.CrashInRun(good, Math.Min(place, good), bad, crashes);
            },
            iter: 300);

    private void CrashInRun(int good, int place, int bad, int[] crashes)
    {
        Begin();
        _rig.Publish(good + bad + 1);
        _rig.AnswerJournal();
        var ids = _rig.Published.ToList();
        var isBad = ids.Skip(place).Take(bad).ToHashSet();
        var mayRepeat = new HashSet<string>();
        var delivered = new List<string>();
        for (var i = 0; _rig.Node.Status.Waiting > 0 || !_rig.Node.Journal.IsRecovered; i++)
        {
            Assert.InRange(i, 0, 1_000);
            if (crashes.Contains(i))
            {
                var dead = _rig.Kept().Select(letter => letter.Event.Id).ToHashSet();
                var undecided = ids.FindIndex(id => !delivered.Contains(id) && !dead.Contains(id));
                mayRepeat.UnionWith(ids.Skip(undecided).Where(delivered.Contains));
                Begin();
            }

            var before = _rig.Delivered.Count;
            Answer(sent => sent.Any(isBad.Contains) ? 500 : 200);
            foreach (var id in _rig.Delivered.Skip(before))
            {
                if (delivered.Contains(id))
                    Assert.Contains(id, mayRepeat);
                else
                    delivered.Add(id);
            }
        }

        Assert.Equal(ids.Where(id => !isBad.Contains(id)), delivered);
        Assert.Equal(ids.Where(isBad.Contains), _rig.Kept().Select(letter => letter.Event.Id));
        Assert.Equal((0, bad), (_rig.Node.Status.Waiting, _rig.Node.Status.Dead));
    }

    private void Begin()
    {
        _rig.Start(Webhook);
        _rig.AnswerJournal();
    }

    private void Answer(int status) => Answer(_ => status);

    private void Answer(Func<string[], int> status)
    {
        _rig.AnswerJournal();
        for (var i = 0; i < 10 && _rig.Node.Sent is null; i++)
        {
            _rig.Time.Pass(TimeSpan.FromSeconds(1));
            _rig.Node.Work();
            _rig.AnswerJournal();
        }

        Assert.NotNull(_rig.Node.Sent);
        _rig.AnswerAttempt(status(_rig.Node.SentIds));
        _rig.AnswerJournal();
        _rig.Time.Pass(TimeSpan.FromSeconds(1));
        _rig.Node.Work();
        _rig.AnswerJournal();
    }
}
