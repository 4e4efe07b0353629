using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ActorWebhooks.Fuzz.Targets;

/// <summary>
/// A signed request, with the headers of both schemes in lines before the body: it is valid when a header is, to the letter, what the key makes of
/// the body.
/// </summary>
internal static class SignaturesTarget
{
    private const string Key = "my-secret-key";
    private const string Body = """{"events":[]}""";
    private const long Now = 1_790_000_000;

    public static FuzzTarget Target { get; } = new(
        "signatures",
        Bytes.Of(
            $"{XSignature(Encoding.UTF8.GetBytes(Body))}\nid\n{Now}\nv1,{Standard("id", Now, Encoding.UTF8.GetBytes(Body))}\n{Body}",
            $"\n\n\n\n{Body}",
            $"x\nid\n{Now - 300}\nv1,AAAA v2,BBBB v1,{Standard("id", Now - 300, Encoding.UTF8.GetBytes(Body))}\n{Body}"),
        Bytes.Of("v1,", " ", "=", "==", "+", "/", $"{Now + 299}", "-1", "9223372036854775807"),
        Run);

    private static void Run(byte[] input)
    {
        var parts = new byte[5][];
        var rest = input;
        for (var i = 0; i < 4; i++)
        {
            var end = Array.IndexOf(rest, (byte)'\n');
            (parts[i], rest) = end < 0 ? (rest, []) : (rest[..end], rest[(end + 1)..]);
        }

        var (signature, id, timestamp, signatures) = (Text(parts[0]), Text(parts[1]), Text(parts[2]), Text(parts[3]));
        if (WebhookSignature.Verify(rest, signature, Key) != (signature == XSignature(rest)))
            throw new InvalidOperationException($"X-Signature: {signature}");
        var isValid = WebhookSignature.VerifyStandard(rest, id, timestamp, signatures, Key, time: new StoppedClock());
        var isRight = id.Length > 0
            && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs((decimal)seconds - Now) <= 300
            && signatures.Split(' ').Contains($"v1,{Standard(id, seconds, rest)}");
        if (isValid != isRight)
            throw new InvalidOperationException($"Standard Webhooks, which is {(isRight ? "" : "not ")}right: {id} {timestamp} {signatures}");
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static string XSignature(byte[] body) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), body));

    private static string Standard(string id, long seconds, byte[] body) => Convert.ToBase64String(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), (byte[])[.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}.")), .. body]));

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Now);
    }
}
