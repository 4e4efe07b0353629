using System.IO.Pipelines;
using System.Net;
using ActorWebhooks.Actors;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;

namespace ActorWebhooks.Tests.Delivery;

public sealed class DeliveryActorTests : VirtualTimeTests
{
    [Fact]
    public async Task Timeout_that_ends_while_the_response_body_is_read_is_no_failure()
    {
        var intake = new OutboxIntake(new AcceptanceClock(Services.Time));
        intake.Append(Some.Event("1"));
        var machine = Some.Machine(Services, Some.Webhook, new OutboxBudget(long.MaxValue), intake);
        var webhook = Sys.ActorOf(ActorFactory.Props(() => new WebhookActor(machine, Services, ActorRefs.Nobody)), "audit");
        var request = await Endpoint.NextAsync();
        var body = new Pipe();
        request.Respond(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ReportingContent(body.Reader.AsStream(), out var isRead) });
        await isRead;

        await Advance(webhook, Some.Webhook.Timeout);
        await Eventually.Equal(1, async () => (await StatusOf(webhook)).Delivered);
        var status = await StatusOf(webhook);
        Assert.Equal((0, 200), (status.Failures, status.LastAttempt!.Outcome.Status));
        await body.Writer.CompleteAsync();
    }

    /// <summary>Tells when somebody begins to read.</summary>
    private sealed class ReportingContent : HttpContent
    {
        private readonly TaskCompletionSource _isRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Stream _body;

        public ReportingContent(Stream body, out Task isRead)
        {
            _body = body;
            isRead = _isRead.Task;
        }

        protected override Task<Stream> CreateContentReadStreamAsync()
        {
            _isRead.SetResult();
            return Task.FromResult(_body);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
