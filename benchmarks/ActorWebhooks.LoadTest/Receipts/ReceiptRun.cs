using ActorWebhooks.LoadTest.Contenders;
using ActorWebhooks.LoadTest.Databases;
using ActorWebhooks.LoadTest.Receiving;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Receipts;

/// <summary>
/// How long a single event takes to be safe: from PublishAsync to its receipt, one after the other, and in turn with bare commits to
/// the same database. The endpoint is alive, so that what is delivered is removed meanwhile.
/// </summary>
internal static class ReceiptRun
{
    // After a delivery, for what the engine writes then.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    private static readonly LoadPlan Webhook = new();

    public static async Task<ReceiptReport> RunAsync(DatabaseKind kind, ReceiptPlan plan, CancellationToken cancellationToken)
    {
        await using var database = await DatabaseCatalog.CreateAsync(kind, plan.Postgres);
        await using var receiver = await ReceiverProcess.StartAsync();
        await using var engine = await Engine.StartAsync(EngineToml.Of(Webhook.TargetAt(receiver.Url)), database.Connection);
        await using var bare = await BareCommit.CreateAsync(database.Connection, Webhook.EventBytes);
        var padding = SignIn.PaddingFor(Webhook.EventBytes);
        var (receipts, commits) = (new List<LatencySample>(), new List<LatencySample>());

        var rounds = plan.WarmUpRounds + plan.Rounds;
        for (var round = 0; round < rounds; round++)
        {
            receipts.Add(await LatencySample.TakeAsync(plan.PerRound, () => PublishAsync(engine.Publisher, padding)));
            await receiver.WaitAsync((long)plan.PerRound * (round + 1), cancellationToken);
            await Task.Delay(Rest, cancellationToken);
            commits.Add(await LatencySample.TakeAsync(plan.PerRound, bare.RunAsync));
        }

        var arrived = await receiver.TakeReportAsync();
        var published = (long)plan.PerRound * rounds;
        return arrived.Events == published
            ? new ReceiptReport(kind, receipts[plan.WarmUpRounds..], commits[plan.WarmUpRounds..])
            : throw new InvalidOperationException($"{published} events were accepted and {arrived.Events} arrived.");
    }

    private static async Task PublishAsync(IWebhookPublisher publisher, string padding)
    {
        var receipt = await publisher.PublishAsync(WebhookEvent.Create(SignIn.Type, SignIn.Create(padding), SignInJson.Default.SignIn));
        if (!receipt.IsAccepted)
            throw new InvalidOperationException($"The engine refused an event: {receipt.Refusals[0].Reason}.");
    }
}
