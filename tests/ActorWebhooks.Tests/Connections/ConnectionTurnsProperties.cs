using ActorWebhooks.Connections;
using CsCheck;

namespace ActorWebhooks.Tests.Connections;

/// <summary>The rules of turns, over random histories and over a node with many endpoints that hang.</summary>
public sealed class ConnectionTurnsProperties
{
    private const int Webhooks = 12;

    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(1);

    private static readonly Gen<(int Webhook, int Do, int Class, int Milliseconds)> Step =
        Gen.Select(Gen.Int[0, Webhooks - 1], Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 1500]);

    [Fact]
    public void Bounds_order_and_recalls_hold_in_any_history() => Gen.Select(Gen.Int[2, 6], Step.List[1, 200]).Sample((max, steps) =>
    {
        var turns = new ConnectionTurns(max, SlowAfter);
        var all = Enumerable.Range(0, Webhooks).Select(_ => new ConnectionTurn()).ToArray();
        var asked = new List<ConnectionTurn>();
        var now = TimeSpan.Zero;
        foreach (var step in steps)
        {
            now += TimeSpan.FromMilliseconds(step.Milliseconds);
            var turn = all[step.Webhook];
            if (step.Do == 0 || turn.State != TurnState.None)
            {
                turns.Leave(turn);
                asked.Remove(turn);
            }
            else
            {
                turns.Ask(turn, (ConnectionClass)step.Class);
                asked.Add(turn);
            }

            while (turns.TryGrant(now) is { } granted)
            {
                // Whoever has waited longest in its class.
                Assert.Same(asked.First(other => other.Class == granted.Class), granted);
                asked.Remove(granted);
            }

            while (turns.TryRecall(now) is { } recalled)
            {
                Assert.False(IsSlow(recalled));
                Assert.True(now - recalled.HeldSince >= SlowAfter);
            }

            var holders = all.Where(other => other.State is TurnState.Holding or TurnState.Recalled).ToList();
            Assert.Equal(holders.Count, turns.Held);
            Assert.Equal(holders.Count(other => IsSlow(other)), turns.SlowHeld);
            Assert.Equal(asked.Count, turns.Waiting);
            Assert.InRange(turns.Held, 0, max);
            Assert.InRange(turns.SlowHeld, 0, max / 2);

            // Nobody waits who could have one, and no more are recalled than others wait for.
            var waitsForIt = asked.Count(other => !IsSlow(other));
            if (turns.Held < max)
                Assert.True(waitsForIt == 0 && (asked.Count == 0 || turns.SlowHeld == max / 2));
            else if (waitsForIt > 0 && turns.RecallAt is { } due)
                Assert.True(due > now);
        }
    });

    private static bool IsSlow(ConnectionTurn turn) => turn.Class is ConnectionClass.Slow or ConnectionClass.Hanging;

    /// <summary>
    /// All webhooks have something to send all the time. Those that hang hold their connection for 30 s or until it is recalled; the others
    /// answer in 50 ms.
    /// </summary>
    [Fact]
    public void Webhooks_that_answer_are_served_all_the_time_while_others_hang() =>
        Gen.Select(Gen.Int[2, 100], Gen.Int[1, 400], Gen.Int[1, 20]).Sample(
            (max, hanging, healthy) =>
            {
                var node = new SimulatedEndpoints(max, SlowAfter, hanging, healthy);
                node.Run(TimeSpan.FromSeconds(60 + (2.0 * (hanging + healthy) / (max - (max / 2)))));

                // Until a webhook is known, at most as long as it takes to find out about all of those in front of it, with half of the connections
                // that slow ones do not hold: the other half may go to those that are known.
                var notSlow = max - (max / 2);
                Assert.True(
                    node.LongestFirstWait <= (SlowAfter + SimulatedEndpoints.Tick) * ((2.0 * (hanging + healthy) / notSlow) + 2),
                    $"first wait {node.LongestFirstWait}");

                // Afterwards only for those that are not slow, and for the new ones every other time.
                Assert.True(
                    node.LongestLaterWait <= (SlowAfter + SimulatedEndpoints.Tick) * ((3.0 * healthy / notSlow) + 3),
                    $"later wait {node.LongestLaterWait}");
            },
            iter: 60);
}
