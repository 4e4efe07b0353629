using ActorWebhooks.Matching;
using CsCheck;

namespace ActorWebhooks.Tests.Matching;

public class PatternMatcherPropertyTests
{
    private static readonly Gen<string> ShortPattern =
        from glob in Gen.String[Gen.Char["ab.*"], 1, 7]
        from isExclude in Gen.Frequency((3, false), (1, true))
        select isExclude ? "!" + glob : glob;

    private static readonly Gen<string[]> ShortPatterns =
        ShortPattern.Where(p => Pattern.TryParse(p, out _)).Array[0, 5];

    private static readonly Gen<string> ShortType = Gen.String[Gen.Char["ab."], 0, 9];

    [Fact]
    public void Listeners_are_those_of_the_definition_for_patterns_over_a_small_alphabet() =>
        Gen.Select(ShortPatterns.Array[0, 12], ShortType.Array[20]).Sample(
            (listeners, types) => AssertSameListeners(listeners, types), iter: 3_000);

    [Fact]
    public void Listeners_are_those_of_the_definition_for_every_real_type() =>
        RealTypes.Pattern.Array[1, 4].Array[1, 40].Sample(
            listeners => AssertSameListeners(listeners, RealTypes.All), iter: 40);

    [Fact]
    public void A_single_pattern_covers_what_the_definition_says() =>
        Gen.Select(ShortPatterns, ShortType).Sample(
            (patterns, type) =>
            {
                foreach (var pattern in patterns)
                {
                    var parsed = Pattern.Parse(pattern);
                    Assert.Equal(NaiveMatching.Covers(pattern.TrimStart('!'), type), parsed.Covers(type));
                }
            },
            iter: 20_000);

    [Fact]
    public void A_single_real_pattern_covers_what_the_definition_says() =>
        RealTypes.Pattern.Sample(
            pattern =>
            {
                var parsed = Pattern.Parse(pattern);
                foreach (var type in RealTypes.All)
                    Assert.Equal(NaiveMatching.Covers(pattern.TrimStart('!'), type), parsed.Covers(type));
            },
            iter: 200);

    [Fact]
    public void Many_infixes_of_two_characters_and_more_are_all_found() =>
        Gen.Select(
                Gen.Int[2, 5].SelectMany(shortest => Gen.String[Gen.Char["abc"], shortest, 6].Array[16, 60]),
                Gen.String[Gen.Char["abc"], 0, 12].Array[20])
            .Sample(
                (infixes, types) => AssertSameListeners([.. infixes.Select(infix => new[] { $"*{infix}*" })], types), iter: 1_000);

    [Fact]
    public void Infixes_are_found_at_every_position_of_the_longest_types() =>
        Gen.Select(
                Gen.Int[2, 10].SelectMany(shortest => Gen.String[Gen.Char["ab"], shortest, 12].Array[16, 60]),
                Gen.String[Gen.Char["ab"], 100, 128].Array[10])
            .Sample(
                (infixes, types) => AssertSameListeners([.. infixes.Select(infix => new[] { $"*{infix}*" })], types), iter: 50);

    private static void AssertSameListeners(string[][] listeners, string[] types)
    {
        var matcher = Matchers.Compile(listeners);
        foreach (var type in types)
            Assert.Equal(NaiveMatching.Listeners(listeners, type), matcher.Listeners(type));
    }
}
