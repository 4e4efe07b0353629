using BenchmarkDotNet.Attributes;

namespace ActorWebhooks.Benchmarks.Events;

/// <summary>What it costs to make one event that is 220 bytes on the wire, from each of the forms that data comes in.</summary>
[MemoryDiagnoser]
public class CreateBenchmarks
{
    private const int BytesOnTheWire = 220;

    private readonly string _type = "auth.success";
    private readonly byte[] _json = WebhookEvent.Create("auth.success", SignIn.Example, SignInJson.Default.SignIn).Data.ToArray();

    [GlobalSetup]
    public void CheckLengths()
    {
        foreach (var e in new[] { AnonymousObject(), SourceGenerated(), RawJson() })
        {
            if (e.Encoded.Length is var length and not BytesOnTheWire)
                throw new InvalidOperationException($"An event is {length} bytes on the wire and not {BytesOnTheWire}.");
        }
    }

    [Benchmark]
    public WebhookEvent AnonymousObject() => WebhookEvent.Create(
        _type, new { AccountName = "jd@example.org", RemoteIp = "203.0.113.42", RemotePort = 52144, Protocol = "imap", Tls = true });

    [Benchmark(Baseline = true)]
    public WebhookEvent SourceGenerated() => WebhookEvent.Create(_type, SignIn.Example, SignInJson.Default.SignIn);

    [Benchmark]
    public WebhookEvent RawJson() => WebhookEvent.FromJson(_type, _json);
}
