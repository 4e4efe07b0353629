using ActorWebhooks.Matching;

namespace ActorWebhooks.Tests.Matching;

public class PatternMatcherTests
{
    [Theory]
    [InlineData("*", "auth.success")]
    [InlineData("**", "auth.success")]
    [InlineData("auth.success", "auth.success")]
    [InlineData("auth.*", "auth.success")]
    [InlineData("auth.*", "auth.mfa.failed")]
    [InlineData("auth*", "auth")]
    [InlineData("*.failed", "auth.mfa.failed")]
    [InlineData("smtp.*-start", "smtp.data-start")]
    [InlineData("*dkim*", "smtp.dkim-pass")]
    [InlineData("*dkim*", "dkim")]
    [InlineData("*a*b*", "xxaxxbxx")]
    [InlineData("*ab*ab", "abab")]
    public void A_covered_type_reaches_the_listener(string pattern, string type) =>
        Assert.True(Matchers.Compile([pattern]).Reaches(type));

    [Theory]
    [InlineData("auth.success", "auth.successful")]
    [InlineData("auth.success", "auth.succes")]
    [InlineData("auth.success", "Auth.success")]
    [InlineData("auth.*", "auth")]
    [InlineData("auth.*", "oauth.success")]
    [InlineData("*.failed", "failed")]
    [InlineData("*.failed", "auth.failed-again")]
    [InlineData("smtp.*-start", "smtp.-star")]
    [InlineData("ab*bc", "abc")]
    [InlineData("*ab*ab", "ab")]
    [InlineData("*a*b*", "xxbxxaxx")]
    public void A_type_that_is_not_covered_does_not_reach_the_listener(string pattern, string type) =>
        Assert.False(Matchers.Compile([pattern]).Reaches(type));

    [Theory]
    [InlineData("*", "!auth.*")]
    [InlineData("!auth.*", "*")]
    [InlineData("!*", "auth.success")]
    [InlineData("auth.success", "!auth.success")]
    [InlineData("auth.success", "auth.*", "!*.success")]
    public void An_exclude_wins_wherever_it_stands(params string[] patterns) =>
        Assert.False(Matchers.Compile(patterns).Reaches("auth.success"));

    [Fact]
    public void An_exclude_leaves_what_it_does_not_cover() =>
        Assert.True(Matchers.Compile(["*", "!auth.*"]).Reaches("smtp.error"));

    [Fact]
    public void An_exclude_concerns_its_own_listener_alone() =>
        Assert.Equal([0, 2], Matchers.Compile(["auth.*"], ["auth.*", "!auth.success"], ["*"]).Listeners("auth.success"));

    [Fact]
    public void Listeners_come_in_ascending_order_and_each_once() =>
        Assert.Equal(
            [0, 1, 2, 3],
            Matchers.Compile(["*.success"], ["*"], ["auth.success", "auth.*", "*"], ["*", "*"]).Listeners("auth.success"));

    [Fact]
    public void Nobody_is_reached_when_there_is_no_listener() => Assert.Empty(Matchers.Compile().Listeners("auth.success"));

    [Fact]
    public void A_listener_without_patterns_is_never_reached() =>
        Assert.Equal([1], Matchers.Compile([], ["*"]).Listeners("auth.success"));

    [Theory]
    [InlineData("a*b", "a*b", true)]
    [InlineData("*", "grün", true)]
    [InlineData("gr*n", "grün", true)]
    [InlineData("a*b", "a*c", false)]
    [InlineData("ab*", "a*", false)]
    [InlineData("a", "á", false)]
    public void Characters_that_no_valid_type_has_are_covered_by_stars_alone(string pattern, string type, bool isReached) =>
        Assert.Equal(isReached, Matchers.Compile([pattern]).Reaches(type));

    [Fact]
    public void Patterns_and_types_of_full_length_are_told_apart_by_their_last_character()
    {
        var type = new string('a', 128);
        var matcher = Matchers.Compile([type], [type[1..] + "b"], [type[1..] + "*"], ["*" + type[1..]]);

        Assert.Equal([0, 2, 3], matcher.Listeners(type));
        Assert.Equal([1, 2], matcher.Listeners(type[1..] + "b"));
    }

    [Fact]
    public async Task Callers_may_match_at_the_same_time()
    {
        string[][] patterns = [["*"], ["*a*"], ["auth.*", "!*.success"], ["*.failed"], ["smtp.*-*"]];
        var matcher = Matchers.Compile(patterns);

        await Parallel.ForEachAsync(Enumerable.Range(0, 4), (_, _) =>
        {
            foreach (var type in RealTypes.All)
                Assert.Equal(NaiveMatching.Listeners(patterns, type), matcher.Listeners(type));
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public void Matchers_that_take_turns_on_a_thread_do_not_disturb_each_other()
    {
        var small = Matchers.Compile(["*a*"], ["*"]);
        var large = Matchers.Compile([.. RealTypes.All.Select(t => new[] { "*" + t[..3] + "*" })]);
        foreach (var type in RealTypes.All)
        {
            var expected = Enumerable.Range(0, RealTypes.All.Length).Where(i => type.Contains(RealTypes.All[i][..3], StringComparison.Ordinal));
            Assert.Equal(expected, large.Listeners(type));
            Assert.Equal(type.Contains('a', StringComparison.Ordinal) ? [0, 1] : [1], small.Listeners(type));
        }
    }

    [Fact]
    public void Pattern_with_more_than_eight_stars_is_refused()
    {
        Assert.True(Pattern.TryParse("!*a*b*c*d*e*f*g*", out _));
        Assert.False(Pattern.TryParse("*a*b*c*d*e*f*g*h*", out _));
        Assert.Contains("at most 8 * wildcards", Pattern.Rule, StringComparison.Ordinal);
    }
}
