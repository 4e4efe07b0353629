using System.Text;
using ActorWebhooks.Configuration;
using CsCheck;

namespace ActorWebhooks.Tests.Configuration.Toml;

public sealed class PiecePropertyTests
{
    private const int Whole = int.MaxValue;

    private static readonly string[] Headers =
    [
        "[webhook.a]", "[webhook.b]", "[webhook.\"c\"]", "  [webhook.d]", "\t[webhook.e]", "[webhook.a.auth]", "[webhook.b.batch]", "[webhook]",
        "[[webhook]]", "[other]", "[webhook.f", "[webhook.\"g]", "[", "]", "[ ", "[]", "[webhook.h] x",
    ];

    private static readonly string[] Lines =
    [
        "url = \"http://h/\"", "events = \"*\"", "events = [ \"*\", \"!a\" ]", "events = [\n\"a\",\n# [webhook.z]\n\"b\",\n]", "url = 5", "throttle = 0",
        "webhook.d.url = \"http://h/\"", "token = \"t\"", "auth.username = \"u\"", "auth = { username = \"u\", secret = \"s\" }", "batch = {\nmax-events = 5,\n}",
        "signature-key = \"\"\"\n[webhook.z]\n\"\"\"", "signature-key = '''\n[webhook.z\n'''", "signature-scheme = \"both\"", "", "# [webhook.z]",
    ];

    private static readonly string[] Mistakes =
    [
        "url = \"http://h/", "url = 'http://h/", "signature-key = \"\"\"", "signature-key = '''\nx\\", "\"\"\"", "'", "\"", "headers = [ \"a: b\"", "events = [",
        "[\"b\"]", "auth = {", "}", "=", "= 5", "lossy", "throttle = ", "timeout = 5 6", "timeout = \"\\q\"", "\0", "\r", "# \u0001", "\uFFFD", "\uD800", "\uFEFF",
        "timeout = 01", "é = 1", "\\", ",", "1979-05-27",
    ];

    private static readonly Gen<string> Texts =
        from mistakes in Gen.Int[0, 3]
        from lines in Gen.Frequency(
            (3, OneOf(Headers[..8])), (6, OneOf(Lines)), (mistakes, OneOf(Mistakes)), (mistakes, OneOf(Headers))).Array[0, 40]
        from lineEnd in OneOf("\n", "\n", "\r\n")
        from isEnded in Gen.Bool
        from mark in OneOf("", "", "", "\uFEFF")
        select mark + string.Join(lineEnd, lines) + (isEnded ? lineEnd : "");

    [Fact]
    public void File_in_pieces_means_what_it_means_as_a_whole() => Gen.Select(Texts, Gen.OneOf(Gen.Const(0), Gen.Int[1, 500])).Sample(
        (toml, pieceLength) =>
            Assert.Equal(Describe(Reading.ParseInPieces(toml, Whole)), Describe(Reading.ParseInPieces(toml, pieceLength))),
        iter: 5_000);

    private static string Describe(ConfigurationResult result) =>
        string.Join('\n', result.Errors.Select(error => error.ToString()).Concat(result.Webhooks.Select(Describe)));

    // Arrays of a record are not part of its text.
    private static string Describe(WebhookDefinition webhook) => string.Join(
        ' ',
        string.Join(' ', webhook.Events),
        string.Join(' ', webhook.Headers.Select(header => header.Name + header.Value)),
        string.Join(' ', webhook.SignatureKeys.Select(key => Encoding.UTF8.GetString(key.Text))),
        webhook.Authorization?.HeaderValue,
        webhook with { Events = [], Headers = [], SignatureKeys = [] });

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
