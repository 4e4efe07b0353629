using ActorWebhooks.Events;
using ActorWebhooks.Tests.Matching;
using CsCheck;

namespace ActorWebhooks.Tests.Events;

public class EventTypeTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("auth.success")]
    [InlineData("A-Z.a_z.0-9")]
    [InlineData("-._")]
    public void A_dotted_name_is_an_event_type(string type) => Assert.True(EventType.IsValid(type));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(".auth")]
    [InlineData("auth.")]
    [InlineData("auth..success")]
    [InlineData("auth success")]
    [InlineData("auth.*")]
    [InlineData("!auth")]
    [InlineData("auth/success")]
    [InlineData("auth\n")]
    [InlineData("grün")]
    [InlineData("ａuth")]
    public void Anything_else_is_not(string type) => Assert.False(EventType.IsValid(type));

    [Fact]
    public void A_type_has_at_most_128_characters()
    {
        Assert.True(EventType.IsValid(new string('a', 128)));
        Assert.False(EventType.IsValid(new string('a', 129)));
    }

    [Fact]
    public void The_names_of_a_real_application_are_event_types() => Assert.All(RealTypes.All, type => Assert.True(EventType.IsValid(type)));

    [Fact]
    public void What_is_valid_is_what_the_rule_says() =>
        Gen.String[Gen.Char["aZ0_-.*é "], 0, 6].Sample(text =>
        {
            var isValid = text.Split('.').All(segment => segment.Length > 0 && segment.All(c => "aZ0_-".Contains(c, StringComparison.Ordinal)));
            Assert.Equal(isValid, EventType.IsValid(text));
        });
}
