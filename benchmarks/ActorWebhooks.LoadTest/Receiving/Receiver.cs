using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace ActorWebhooks.LoadTest.Receiving;

/// <summary>A Kestrel server that takes whatever is posted and counts the events in it, in a process of its own.</summary>
internal static class Receiver
{
    public const string ReportPath = "/report";

    private const long MaxBody = 256 * 1024 * 1024;

    public static async Task RunAsync(string countFile, int port, bool isNumbered)
    {
        using var count = new SharedCount(countFile);
        var arrivals = new Arrivals(count, isNumbered ? new EventNumbers() : null);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.Limits.MaxRequestBodySize = MaxBody;
        });
        await using var app = builder.Build();
        app.Run(context => context.Request.Path == ReportPath
            ? context.Response.WriteAsJsonAsync(arrivals.Take(), LoadJson.Default.ArrivalReport, null, context.RequestAborted)
            : CountAsync(context.Request, arrivals));
        await app.StartAsync();
        await Console.Out.WriteLineAsync(app.Urls.First());

        // Until whoever started it is gone.
        await Console.In.ReadToEndAsync();
    }

    private static async Task CountAsync(HttpRequest request, Arrivals arrivals)
    {
        var scanner = new EventScanner();
        var sentAt = new List<long>();
        Action<long> found = sentAt.Add;
        long bytes = 0;
        while (true)
        {
            var read = await request.BodyReader.ReadAsync();
            scanner.Scan(read.Buffer, found);
            bytes += read.Buffer.Length;
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        scanner.End(found);
        arrivals.Add(sentAt, bytes);
    }
}
