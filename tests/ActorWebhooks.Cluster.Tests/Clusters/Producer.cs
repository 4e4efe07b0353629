using System.Globalization;

namespace ActorWebhooks.Cluster.Tests.Clusters;

/// <summary>Publishes events from one node, one behind the other, each with its receipt, until it is told to stop.</summary>
internal sealed class Producer : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;
    private readonly List<string> _accepted = [];

    /// <param name="name">What its event ids begin with.</param>
    /// <param name="pause">Between two of them.</param>
    public Producer(TestNode node, string name, string type, TimeSpan pause)
    {
        Name = name;
        _work = Task.Run(() => PublishAsync(node.Publisher, type, pause));
    }

    public string Name { get; }

    public void Dispose() => _stop.Dispose();

    /// <returns>The ids of all that were accepted, in order.</returns>
    public async Task<List<string>> StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
        return _accepted;
    }

    private async Task PublishAsync(IWebhookPublisher publisher, string type, TimeSpan pause)
    {
        var answers = new Queue<(string Id, Task<PublishReceipt> Answer)>();
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{Name}-{number:D6}");
            answers.Enqueue((id, publisher.PublishAsync(WebhookEvent.Create(type, new { number }, id))));
            await Task.Delay(pause);
        }

        foreach (var (id, answer) in answers)
        {
            if ((await answer).IsAccepted)
                _accepted.Add(id);
        }
    }
}
