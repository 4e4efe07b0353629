using System.Text;
using ActorWebhooks.Text;

namespace ActorWebhooks.Server.Text;

/// <summary>Text from outside, made fit for a terminal: what would steer the terminal is shown as an escape.</summary>
internal static class Printable
{
    private const int MaxShortLength = 40;

    /// <summary>The beginning of <paramref name="text"/>, to be quoted in a sentence.</summary>
    public static string Shorten(string text) =>
        Clean(text.Length <= MaxShortLength ? text : $"{text.AsSpan(0, MaxShortLength)}…");

    /// <summary>At most the first 256 bytes, for quoting.</summary>
    public static string FromUtf8(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 256)]);

    /// <summary>Without control and formatting characters; line feed and tab stay when <paramref name="keepLines"/>.</summary>
    public static string Clean(string text, bool keepLines = false) => OutsideText.CleanAll(text, keepLines);
}
