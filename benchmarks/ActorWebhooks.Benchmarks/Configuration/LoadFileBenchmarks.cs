using ActorWebhooks.Configuration;
using BenchmarkDotNet.Attributes;

namespace ActorWebhooks.Benchmarks.Configuration;

/// <summary>What it costs to read a webhook file: the start of a node, and every change of the file.</summary>
[MemoryDiagnoser]
public class LoadFileBenchmarks
{
    private string _path = "";

    [Params(1_000, 100_000)]
    public int Webhooks { get; set; }

    [GlobalSetup]
    public void WriteFile()
    {
        _path = Path.GetTempFileName();
        using var file = new StreamWriter(_path);
        for (var i = 0; i < Webhooks; i++)
        {
            file.Write(
                $"""
                [webhook."tenant-{i:D6}"]
                url = "https://hooks.example.com/tenants/{i:D6}/events"
                events = [ "auth.*", "tenant-{i:D6}.store.*", "!*.debug" ]
                signature-key = "key-of-tenant-{i:D6}-is-long-enough"
                throttle = "5s"


                """);
        }
    }

    [GlobalCleanup]
    public void DeleteFile() => File.Delete(_path);

    [Benchmark]
    public object Load()
    {
        var result = WebhookFile.Load(_path, allowEmpty: false);
        return result.Webhooks.Length == Webhooks ? result : throw new InvalidOperationException(string.Join('\n', result.Errors));
    }
}
