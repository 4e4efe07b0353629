using System.Collections.Immutable;
using System.Globalization;
using ActorWebhooks.Matching;

namespace ActorWebhooks.Tests.Matching;

public class MatchCostTests
{
    [Fact]
    public void Patterns_that_do_not_match_add_next_to_nothing()
    {
        var (few, many) = (WithOthers(10), WithOthers(100_000));
        foreach (var type in RealTypes.All)
        {
            var (cost, costAmongMany) = (few.CountVisits(type), many.CountVisits(type));
            Assert.True(costAmongMany <= cost * 2, $"{type}: {cost} nodes among 10 patterns, {costAmongMany} among 100,000.");
        }
    }

    [Fact]
    public void Patterns_that_need_a_longer_type_are_not_followed()
    {
        var globs = Enumerable.Range(1, 10).Select(i => new string('a', i) + new string('b', 20));
        var matcher = Matchers.Compile([.. globs.SelectMany(glob => new[] { glob, "*" + glob, $"*{glob}*" }).Select(glob => new[] { glob })]);

        Assert.False(matcher.Reaches("aaaaaaaaaa"));
        Assert.Equal(1, matcher.CountVisits("aaaaaaaaaa"));
        Assert.True(matcher.Reaches("a" + new string('b', 20)));
    }

    [Theory]
    [InlineData("*a*a*a*a*b")]
    [InlineData("*aaaaaaaa*aaaaaaaa*aaaaaaaa*b")]
    [InlineData("*a*aa*aaa*aaaa*aaaaa*b*")]
    public void A_hostile_pattern_costs_a_bounded_number_of_steps(string pattern)
    {
        var type = new string('a', 128);
        var matcher = Matchers.Compile([pattern]);
        var stars = pattern.Count(c => c == '*');

        Assert.False(matcher.Reaches(type));
        Assert.InRange(matcher.CountVisits(type), 1, (stars + 1) * 3 * type.Length);
    }

    [Fact]
    public void Hostile_patterns_together_cost_at_most_the_square_of_the_length_for_each_star()
    {
        var globs = new List<string>();
        for (var bits = 0; bits < 1 << 10; bits++)
        {
            var glob = string.Concat(Enumerable.Range(0, 10).Select(i => (bits >> i & 1) == 0 ? "*a" : "aa")) + "*b";
            if (glob.Count(c => c == '*') <= Pattern.MaxStars)
                globs.Add(glob);
        }


        var type = new string('a', 128);
        var matcher = Matchers.Compile([.. globs.Select(g => new[] { g })]);

        Assert.False(matcher.Reaches(type));
        Assert.True(matcher.Reaches(type[..^1] + "b"));
        Assert.InRange(matcher.CountVisits(type), 1, globs.Sum(g => g.Count(c => c == '*')) * type.Length * type.Length);
    }

    [Fact]
    public void A_match_allocates_its_result_alone()
    {
        var matcher = WithOthers(1_000);
        var none = Matchers.Compile(["smtp.*", "*.failed", "*-start*"]);
        matcher.Match("auth.success");
        none.Match("auth.success");

        var before = GC.GetAllocatedBytesForCurrentThread();
        none.Match("auth.success");
        var afterNone = GC.GetAllocatedBytesForCurrentThread();
        var listeners = matcher.Match("auth.success");
        var afterSome = GC.GetAllocatedBytesForCurrentThread();
        var copy = listeners.AsSpan().ToArray();
        var afterCopy = GC.GetAllocatedBytesForCurrentThread();

        Assert.NotEmpty(copy);
        Assert.Equal(0, afterNone - before);
        Assert.Equal(afterCopy - afterSome, afterSome - afterNone);
    }

    private static PatternMatcher WithOthers(int count)
    {
        var listeners = new List<ImmutableArray<Pattern>> { Parse("auth.*"), Parse("*.failed"), Parse("*dkim*") };
        for (var i = 0; listeners.Count < count; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            listeners.Add(Parse((i % 4) switch
            {
                0 => $"app{number}.order.created",
                1 => $"*.{number}-failed",
                2 => $"*{number}dkim*",
                _ => $"auth{number}.*",
            }));
        }

        return PatternMatcher.Compile(listeners);
    }

    private static ImmutableArray<Pattern> Parse(string pattern) => [Pattern.Parse(pattern)];
}
