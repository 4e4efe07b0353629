using ActorWebhooks.Connections;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Connections;

public sealed class AttemptClassTests
{
    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quick = SlowAfter / 10;
    private static readonly TimeSpan Long = SlowAfter * 10;

    private static readonly AttemptOutcome Refused = Outcomes.Broken(AttemptEnd.NetworkError);
    private static readonly AttemptOutcome BrokenOff = AttemptOutcome.BrokenOff(SlowAfter);
    private static readonly AttemptOutcome Trouble = Outcomes.Broken(AttemptEnd.NodeTrouble);

    [Fact]
    public void Answer_in_time_is_prompt_whatever_it_says() => AssertEach(
        [ConnectionClass.Prompt, ConnectionClass.Prompt, ConnectionClass.Prompt, ConnectionClass.Prompt], Outcomes.Status(500), Quick);

    [Fact]
    public void Quick_failure_proves_nothing() => AssertEach(
        [ConnectionClass.Unproven, ConnectionClass.Unproven, ConnectionClass.Unproven, ConnectionClass.Unproven], Refused, Quick);

    [Fact]
    public void Late_answer_is_slow_unless_it_is_the_first_that_is_late() => AssertEach(
        [ConnectionClass.Unproven, ConnectionClass.Slow, ConnectionClass.Slow, ConnectionClass.Slow], Outcomes.Status(200), Long);

    [Fact]
    public void Attempt_that_was_broken_off_is_slow_unless_it_is_the_first() => AssertEach(
        [ConnectionClass.Unproven, ConnectionClass.Slow, ConnectionClass.Slow, ConnectionClass.Slow], BrokenOff, SlowAfter);

    [Fact]
    public void Attempt_without_an_answer_hangs_unless_it_is_the_first() => AssertEach(
        [ConnectionClass.Unproven, ConnectionClass.Hanging, ConnectionClass.Hanging, ConnectionClass.Hanging], Outcomes.Timeout, Long);

    [Fact]
    public void Trouble_of_the_node_says_nothing() => AssertEach(
        [ConnectionClass.Prompt, ConnectionClass.Unproven, ConnectionClass.Slow, ConnectionClass.Hanging], Trouble, Long);

    private static void AssertEach(ConnectionClass[] expected, AttemptOutcome outcome, TimeSpan latency) => Assert.Equal(
        expected, Enum.GetValues<ConnectionClass>().Select(before => AttemptClass.Of(outcome, latency, SlowAfter, before)));
}
