using ActorWebhooks.Configuration.Values;

namespace ActorWebhooks.Tests.Configuration.Values;

public sealed class UrlTextTests
{
    [Theory]
    [InlineData("http://u@h/")]
    [InlineData("https://u:p@h/")]
    [InlineData("HTTP:\\\\u@h")]
    [InlineData("https://:@h/")]
    public void User_info_is_refused(string text) =>
        Assert.StartsWith("user info in the URL", UrlText.Check(text, out _), StringComparison.Ordinal);

    [Theory]
    [InlineData("https://h/users/me@example.org?to=you@example.org#@")]
    [InlineData("https://h")]
    public void At_sign_behind_the_host_is_none(string text)
    {
        Assert.Null(UrlText.Check(text, out var url));
        Assert.Equal(text, url?.OriginalString);
    }
}
