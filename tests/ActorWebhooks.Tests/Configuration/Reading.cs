using System.Text;
using ActorWebhooks.Configuration;
using ActorWebhooks.Configuration.Macros;

namespace ActorWebhooks.Tests.Configuration;

/// <summary>Reads TOML without the environment and the files of the machine.</summary>
internal static class Reading
{
    public const string File = "webhooks.toml";

    /// <summary>A section that is complete, for the keys of a test to follow.</summary>
    public const string Section = "[webhook.a]\nurl = \"https://example.com/\"\nevents = \"*\"\n";

    public static readonly MacroSource Macros = new(
        name => name switch { "KEY" => "top-secret", "URL" => "https://example.com/env", "EMPTY" => "", "ENDED" => "top-secret\r\n", "NEWLINE" => "\n", "BAD" => "top-secret nonsense\u0001", _ => null },
        path => path switch
        {
            "/run/key" => Utf8("from-file\n"),
            "/run/two-lines" => Utf8("from-file\n\n"),
            "/run/large" => new MemoryStream(new byte[64 * 1024 + 1]),
            "/run/binary" => new MemoryStream([0xff, 0xfe]),
            "/run/locked" => throw new UnauthorizedAccessException(),
            _ => throw new FileNotFoundException(),
        });

    public static ConfigurationResult Parse(string toml) => WebhookFile.Parse(toml, File, Macros);

    /// <summary>Cuts it wherever a line begins with a bracket.</summary>
    public static ConfigurationResult ParseInPieces(string toml) => ParseInPieces(toml, pieceLength: 0);

    public static ConfigurationResult ParseInPieces(string toml, int pieceLength) => WebhookFile.Parse(toml, File, Macros, pieceLength);

    public static WebhookDefinition One(string toml)
    {
        var result = Parse(toml);
        Assert.Equal("", string.Join('\n', result.Errors));
        return Assert.Single(result.Webhooks);
    }

    /// <summary>Of a file that is taken.</summary>
    public static string[] Warnings(string toml)
    {
        var result = Parse(toml);
        Assert.Equal("", string.Join('\n', result.Errors));
        return [.. result.Warnings.Select(warning => warning.ToString())];
    }

    public static string[] Errors(string toml)
    {
        var result = Parse(toml);
        Assert.False(result.IsValid);
        Assert.Empty(result.Webhooks);
        return [.. result.Errors.Select(error => error.ToString())];
    }

    private static MemoryStream Utf8(string text) => new(Encoding.UTF8.GetBytes(text));
}
