using ActorWebhooks.Journal;
using CsCheck;

namespace ActorWebhooks.Tests.Journal;

public sealed class OwnershipModelTests
{
    // More histories by a command: OWNERSHIP_HISTORIES=100000 dotnet test --filter OwnershipModelTests
    private static readonly int Histories =
        int.TryParse(Environment.GetEnvironmentVariable("OWNERSHIP_HISTORIES"), out var histories) ? histories : 3_000;

    private static readonly Gen<Step> AnyStep = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3]).SelectMany(pick =>
        Gen.Frequency(
            (5, Gen.Int[1, 4].Select(count => new Step($"{pick.Item1} publishes {count}", s => s.Publish(pick.Item1, count)))),
            (14, Gen.Const(new Step($"{pick.Item1} is answered {pick.Item2}", s => s.AnswerRequest(pick.Item1, pick.Item2)))),
            (3, Gen.Bool.Select(isDone => new Step($"{pick.Item1} is failed {pick.Item2} {isDone}", s => s.FailRequest(pick.Item1, pick.Item2, isDone)))),
            (2, Gen.Const(new Step($"{pick.Item1} late", s => s.DoLate(pick.Item1)))),
            (6, Gen.Frequency((6, Gen.Const(200)), (2, Gen.Const(503)), (1, Gen.Const(422)), (1, Gen.Const(410))).Select(
                status => new Step($"{pick.Item1} HTTP {status}", s => s.AnswerAttempt(pick.Item1, status)))),
            (2, Gen.Int[1, 8].Select(seconds => new Step($"{seconds} s", s => s.Pass(TimeSpan.FromSeconds(seconds))))),
            (4, Gen.Const(new Step($"{pick.Item1} looks", s => s.Look(pick.Item1)))),
            (1, Gen.Const(new Step("another starts", s => s.Start())))));

    [Fact]
    public void Whoever_hangs_and_goes_on_what_was_accepted_is_delivered_and_a_former_owner_sends_one_batch_more_at_most() =>
        Gen.Select(Gen.Int[300, 3_000], Gen.Int[200, 1_000], Gen.Bool, AnyStep.Array[1, 150]).Sample(
            (window, chunk, keepsNewestDeleted, steps) =>
            {
                using var session = new OwnershipSession(new JournalLimits(chunk, window, MaxBytes: 1L << 40, RowsPerDelete: 2), new SimulatedJournal(keepsNewestDeleted));
                session.Start();
                foreach (var step in steps)
                    step.Do(session);
                session.EndWell();
            },
            iter: Histories,
            print: run => $"window {run.Item1}, chunk {run.Item2}, keeps the newest deleted {run.Item3}\n{string.Join('\n', run.Item4.AsEnumerable())}");

    private sealed record Step(string Name, Action<OwnershipSession> Do)
    {
        public override string ToString() => Name;
    }
}
