using ActorWebhooks.Accounting;
using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Lookup;

namespace ActorWebhooks.Cluster.Tests.Wire;

/// <summary>Numbers that nodes of other versions know by. They may be added to, and never changed.</summary>
public sealed class WireNumbersTests
{
    [Fact]
    public void States_have_the_numbers_that_they_always_had() => AssertNumbers<WebhookState>(
        "Starting Idle Waiting Sending BackingOff Paused Gone Draining Unreachable WaitingForConnection NotOwner TargetRefused");

    [Fact]
    public void Ends_of_attempts_have_the_numbers_that_they_always_had() => AssertNumbers<AttemptEnd>(
        "Response NetworkError TlsError Timeout Fault BrokenOff NodeTrouble TargetRefused");

    [Fact]
    public void Decisions_have_the_numbers_that_they_always_had() => AssertNumbers<Decision>("Delivered Retry Split Refuse Gone Drop");

    [Fact]
    public void Reasons_of_refusals_have_the_numbers_that_they_always_had() => AssertNumbers<RefusalReason>(
        "OutboxFull NodeFull EventTooLarge Stopping JournalUnavailable NotConfigured NotOwner");

    [Fact]
    public void Reasons_of_dead_letters_have_the_numbers_that_they_always_had() => AssertNumbers<DeadLetterReason>(
        "Refused Expired Gone Unreadable Poisonous");

    [Fact]
    public void Reasons_of_drops_have_the_numbers_that_they_always_had() => AssertNumbers<DropReason>(
        "Lossy Overflow Stopped DeadLetterOverflow Discarded DeadLetterExpired Unreadable");

    [Fact]
    public void Notes_have_the_numbers_that_they_always_had() => AssertNumbers<ProgressNote>("None Gap Leaving");

    [Fact]
    public void Places_of_events_have_the_numbers_that_they_always_had() => AssertNumbers<EventPlace>("NotFound InBatch Waiting");

    // In the order of their numbers, from 0, without a gap.
    private static void AssertNumbers<T>(string names)
        where T : struct, Enum => Assert.Equal(
            names.Split(' ').Select((name, number) => (number, name)),
            Enum.GetValues<T>().Select(value => (Convert.ToInt32(value, null), value.ToString())));
}
