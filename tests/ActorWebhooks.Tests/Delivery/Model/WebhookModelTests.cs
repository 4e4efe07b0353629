using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Delivery.Model;

public sealed class WebhookModelTests
{
    [Fact]
    public void Whatever_happens_to_a_webhook_it_does_what_the_model_says_and_ends_well() =>
        Gen.Select(Steps.Configure, Gen.Int[3_000, 20_000], Gen.Int[1, 8], Gen.Int[1_000, 8_000], Gen.Double[0, 1], Steps.Sequence).Sample(
            (first, maxBytes, letters, letterBytes, jitter, steps) =>
            {
                using var session = new Session(first.Apply(Some.Webhook with { PoisonAttempts = 0 }), maxBytes, Some.Letters(letters, letterBytes), jitter);
                foreach (var step in steps)
                    step.Do(session);
                EndWell(session);
            },
            iter: 10_000,
            print: run => $"{run.Item1}, outbox {run.Item2}, letters {run.Item3} {run.Item4}, jitter {run.Item5}\n{string.Join('\n', run.Item6.AsEnumerable())}");

    // An endpoint that takes everything gets everything, one batch after the other.
    private static void EndWell(Session session)
    {
        session.Tell(Command.Resume);
        for (var requests = 0; !session.IsEmpty; requests++)
        {
            Assert.InRange(requests, 0, 1_000);
            session.PassToWait(butOneTick: false);
            session.Answer(new Says(Outcomes.Status(200)));
        }
    }
}
