using System.Globalization;
using ActorWebhooks.Matching;
using CsCheck;

namespace ActorWebhooks.Tests.Matching;

public class MatchCacheTests
{
    private readonly List<string> _made = [];

    [Fact]
    public void A_type_that_is_known_is_not_matched_again()
    {
        var cache = new MatchCache<string>(capacity: 4);

        Assert.Equal("made of a", Ask(cache, "a"));
        Assert.Equal("made of a", Ask(cache, "a"));
        Assert.Equal(["a"], _made);
    }

    [Fact]
    public void A_type_in_use_outlives_any_number_of_types_that_come_once()
    {
        var cache = new MatchCache<string>(capacity: 8);
        for (var i = 0; i < 1_000; i++)
        {
            Ask(cache, "in-use");
            Ask(cache, i.ToString(CultureInfo.InvariantCulture));
        }

        Assert.Single(_made, "in-use");
    }

    [Fact]
    public void A_type_that_was_forgotten_is_matched_again()
    {
        var cache = new MatchCache<string>(capacity: 2);
        foreach (var type in new[] { "a", "b", "c", "a" })
            Assert.Equal("made of " + type, Ask(cache, type));

        Assert.Equal(["a", "b", "c", "a"], _made);
    }

    [Fact]
    public void What_is_held_never_exceeds_the_capacity_and_answers_never_differ() =>
        Gen.Select(Gen.Int[2, 20], Gen.Int[0, 30].Array[200]).Sample(
            (capacity, asked) =>
            {
                var cache = new MatchCache<string>(capacity);
                foreach (var number in asked)
                {
                    var type = number.ToString(CultureInfo.InvariantCulture);
                    Assert.Equal("made of " + type, cache.GetOrAdd(type, 0, static (t, _) => "made of " + t));
                    Assert.InRange(cache.Count, 1, capacity);
                }
            },
            iter: 500);

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_capacity_with_no_room_for_two_generations_is_refused(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MatchCache<string>(capacity));

    [Fact]
    public void A_failed_match_leaves_nothing_behind()
    {
        var cache = new MatchCache<string>(capacity: 4);

        Assert.Throws<InvalidOperationException>(() => cache.GetOrAdd("a", 0, static (_, _) => throw new InvalidOperationException()));
        Assert.Equal(0, cache.Count);
        Assert.Equal("made of a", Ask(cache, "a"));
    }

    [Fact]
    public void A_hit_allocates_nothing()
    {
        var cache = new MatchCache<int[]>(capacity: 4);
        var matcher = Matchers.Compile(["*"]);
        Ask(cache, matcher, "auth.success");

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Ask(cache, matcher, "auth.success");

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(2_048)]
    public void Concurrent_callers_get_what_the_matcher_says_within_the_bound(int capacity)
    {
        var matcher = Matchers.Compile(["auth.*"], ["*.failed"], ["*dkim*", "!dkim.*"], ["*"]);
        var expected = RealTypes.All.Select(type => matcher.Listeners(type)).ToArray();
        var cache = new MatchCache<int[]>(capacity);

        Parallel.For(0, 4, caller =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var index = (i * (caller + 1)) % RealTypes.All.Length;
                Assert.Equal(expected[index], Ask(cache, matcher, RealTypes.All[index]));

                // None at the instant in which others have taken the places of a generation, and it ages before their entries are in.
                Assert.InRange(cache.Count, 0, capacity);
            }
        });
    }

    private static int[] Ask(MatchCache<int[]> cache, PatternMatcher matcher, string type) =>
        cache.GetOrAdd(type, matcher, static (t, m) => m.Listeners(t));

    private string Ask(MatchCache<string> cache, string type) => cache.GetOrAdd(type, _made, static (t, made) =>
    {
        made.Add(t);
        return "made of " + t;
    });
}
