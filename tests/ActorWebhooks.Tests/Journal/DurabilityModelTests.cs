using ActorWebhooks.Configuration;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Attempts;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Journal;

public sealed class DurabilityModelTests
{
    private static readonly Gen<Step> AnyStep = Gen.Frequency(
        (6, Gen.Select(Gen.Int[1, 12], Gen.Int[10, 400], Gen.Int[1, 3], (count, bytes, awaited) =>
            new Step($"publish {count} of {bytes}, await every {awaited}.", s => s.Publish(count, bytes, awaited)))),
        (10, Gen.Int[0, 3].Select(which => new Step($"answer {which}", s => s.AnswerRequest(which)))),
        (2, Gen.Select(Gen.Int[0, 3], Gen.Bool, (which, isDone) => new Step($"fail {which} {isDone}", s => s.FailRequest(which, isDone)))),
        (8, Gen.Frequency((6, Gen.Const(200)), (2, Gen.Const(503)), (2, Gen.Const(422))).Select(
            status => new Step($"HTTP {status}", s => s.AnswerAttempt(status)))),
        (1, Gen.Const(new Step("HTTP 410", s => s.AnswerAttempt(410)))),
        (4, Gen.Int[1, 90].Select(seconds => new Step($"{seconds} s", s => s.Pass(TimeSpan.FromSeconds(seconds))))),
        (2, Gen.Bool.Select(isDone => new Step($"crash {isDone}", s => s.Crash(isDone)))),
        (2, Gen.Const(new Step("late", s => s.DoLate()))),
        (1, Gen.Const(new Step("pause", s => s.Pause()))),
        (2, Gen.Const(new Step("resume", s => s.Resume()))),
        (1, Gen.Const(new Step("replay", s => s.Replay()))),
        (1, Gen.Const(new Step("drop", s => s.DropDeadLetters()))),
        (2, Gen.Select(Gen.Int[0, 6], Gen.Int[0, 3], Gen.Bool, (which, count, isDrop) =>
            new Step($"take {count} from {which}, drop {isDrop}", s => s.TakeLetters(which, count, isDrop)))));

    [Fact]
    public void Whatever_happens_to_process_journal_and_endpoint_what_was_accepted_is_delivered_or_dead() =>
        Gen.Select(Gen.Int[1_000, 6_000], Gen.Int[500, 4_000], Gen.Int[1, 9], Gen.OneOf(Gen.Const(0), Gen.Const(120)), AnyStep.Array[1, 120]).Sample(
            (window, chunk, maxEvents, discardAfter, steps) =>
            {
                var definition = Some.Webhook with
                {
                    Batch = new BatchLimits(maxEvents, 4_000),
                    DiscardAfter = discardAfter == 0 ? null : TimeSpan.FromSeconds(discardAfter),
                };
                using var session = new DurableSession(definition, new JournalLimits(
                    chunk, window, MaxBytes: 1L << 40, Attempts: new AttemptLogLimits(TimeSpan.FromMinutes(2), DurableSession.MaxAttemptBytes)));
                foreach (var step in steps)
                    step.Do(session);
                session.EndWell();
            },
            iter: 3_000,
            print: run => $"window {run.Item1}, chunk {run.Item2}, batch {run.Item3}, discard {run.Item4}\n{string.Join('\n', run.Item5.AsEnumerable())}");

    private sealed record Step(string Name, Action<DurableSession> Do)
    {
        public override string ToString() => Name;
    }
}
