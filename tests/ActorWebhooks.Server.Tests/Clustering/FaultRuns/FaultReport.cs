using System.Collections.Immutable;
using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Clustering.Rules;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Clustering.FaultRuns;

/// <summary>The figures of a run, and what was wrong.</summary>
/// <param name="Problems">One sentence for each promise that was not kept.</param>
internal sealed record FaultReport(ImmutableArray<WebhookFigures> Webhooks, ImmutableArray<string> Problems)
{
    public int Accepted => Webhooks.Sum(webhook => webhook.Accepted);

    public int Missing => Webhooks.Sum(webhook => webhook.Missing);

    public int Repeats => Webhooks.Sum(webhook => webhook.Repeats);

    public int Overlaps => Webhooks.Sum(webhook => webhook.Overlaps);

    public TimeSpan LongestSilence => Webhooks.Select(webhook => webhook.LongestSilence).DefaultIfEmpty().Max();

    public override string ToString() => FormattableString.Invariant(
        $"accepted {Accepted}, missing {Missing}, repeats {Repeats}, overlapping requests {Overlaps}, late requests {Webhooks.Sum(webhook => webhook.Late)}, longest silence {LongestSilence.Shown()}");

    /// <param name="others">Problems that the figures do not tell.</param>
    public static FaultReport Of(ImmutableArray<WebhookFigures> webhooks, TimeSpan mostSilence, IEnumerable<string> others) =>
        new(webhooks, [.. webhooks.SelectMany(webhook => ProblemsOf(webhook, mostSilence)), .. others]);

    /// <param name="logs">What the servers wrote; told when something was wrong.</param>
    public void Tell(ITestOutputHelper output, Func<string> logs)
    {
        output.WriteLine(ToString());
        foreach (var webhook in Webhooks)
            output.WriteLine(webhook.ToString());
        foreach (var problem in Problems)
            output.WriteLine(problem);
        if (Problems.Length > 0)
            output.WriteLine(logs());
    }

    private static IEnumerable<string> ProblemsOf(WebhookFigures of, TimeSpan mostSilence)
    {
        if (of.Missing > 0)
            yield return $"{of.Webhook}: {of.Missing} of {of.Accepted} accepted events are missing.";
        var batch = Math.Max(of.LargestBatch, Hooks.PromptBatch);
        if (of.Repeats > batch)
            yield return $"{of.Webhook}: {of.Repeats} events were repeated; one batch has at most {batch}.";
        if (of.Overlaps > 0)
            yield return $"{of.Webhook}: {of.Overlaps} requests began while another was under way; {of.Late} of them came from the owner that was lost.";
        if (of.LongestSilence > mostSilence)
            yield return $"{of.Webhook}: it sent nothing for {of.LongestSilence.Shown()} after the take-over.";
        if (of.Waiting > 0)
            yield return $"{of.Webhook}: {of.Waiting} events still wait at the end.";
    }
}
