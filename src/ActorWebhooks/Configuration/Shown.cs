using System.Text;

namespace ActorWebhooks.Configuration;

/// <summary>How text of the user is quoted back: short, and with nothing that moves a terminal.</summary>
internal static class Shown
{
    public const string Hidden = "***";

    private const int MaxLength = 60;

    public static string Text(string text)
    {
        var shown = new StringBuilder();
        foreach (var c in text)
        {
            if (shown.Length >= MaxLength)
                return shown.Append('…').ToString();
            if (char.IsControl(c))
                shown.Append(c switch { '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", _ => $"\\u{(int)c:X4}" });
            else
                shown.Append(c);
        }

        return shown.ToString();
    }
}
