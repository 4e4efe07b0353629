using ActorWebhooks.Delivery;
using BenchmarkDotNet.Attributes;

namespace ActorWebhooks.Benchmarks.Delivery;

/// <summary>What it costs to sign one request body.</summary>
[MemoryDiagnoser]
public class SignBenchmarks
{
    private const string BatchId = "01a20b2fa2c470d5986e3dc538d995b4";
    private const long Timestamp = 1_614_265_330;

    private readonly byte[] _key = "a key of some thirty-two letters"u8.ToArray();
    private ReadOnlyMemory<byte>[] _body = [];

    [Params(1024, 256 * 1024, 1024 * 1024)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void CreateBody()
    {
        var body = new byte[Bytes];
        new Random(1).NextBytes(body);
        _body = [body];
    }

    [Benchmark]
    public string XSignature() => Signatures.XSignature(_body, _key);

    [Benchmark]
    public string Standard() => Signatures.Standard(BatchId, Timestamp, _body, _key);
}
