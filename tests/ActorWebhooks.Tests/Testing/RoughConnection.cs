using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ActorWebhooks.Tests.Testing;

/// <summary>One connection to a <see cref="RoughReceiver"/>, as its script sees it. Everything ends with the test.</summary>
/// <param name="number">How many connections were opened before.</param>
internal sealed class RoughConnection(
    int number, Socket socket, Stream stream, Action<ReceivedRequest> record, Action<int> recordSent, CancellationToken stop)
{
    private static readonly byte[] Filler = Encoding.ASCII.GetBytes(new string('x', 4096));

    public int Number => number;

    /// <summary>One request, read to its end and recorded.</summary>
    public async Task<ReceivedRequest> ReadRequestAsync()
    {
        var (line, headers) = await ReadHeadAsync();
        var body = new byte[int.Parse(headers["Content-Length"], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, stop);
        var request = new ReceivedRequest(line[0], line[1], headers, body);
        record(request);
        return request;
    }

    /// <summary>A request up to its body.</summary>
    public async Task<(string[] Line, Dictionary<string, string> Headers)> ReadHeadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < 4 || head.ToString(head.Length - 4, 4) != "\r\n\r\n")
        {
            await stream.ReadExactlyAsync(one, stop);
            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return (lines[0].Split(' '), lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(
            pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase));
    }

    public async Task<byte[]> ReadAsync(int bytes)
    {
        var read = new byte[bytes];
        await stream.ReadExactlyAsync(read, stop);
        return read;
    }

    public async Task WriteAsync(string text)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), stop);
        recordSent(text.Length);
    }

    /// <summary>The same again and again, until the client hangs up.</summary>
    /// <param name="pause">Between one time and the next.</param>
    public async Task WriteWithoutEndAsync(string text, TimeSpan pause = default)
    {
        for (; ; await Task.Delay(pause, stop))
            await WriteAsync(text);
    }

    /// <summary>Bytes without meaning.</summary>
    public async Task FillAsync(long bytes)
    {
        for (; bytes > 0; bytes -= Filler.Length)
        {
            await stream.WriteAsync(Filler, stop);
            recordSent(Filler.Length);
        }
    }

    public async Task AnswerAllAsync(Func<ReceivedRequest, string> answer)
    {
        while (true)
            await WriteAsync(answer(await ReadRequestAsync()));
    }

    /// <summary>Says nothing, and reads on until the client hangs up.</summary>
    public async Task AwaitHangUpAsync()
    {
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, stop) > 0)
        {
        }
    }

    /// <summary>Says and reads nothing, until the test is over.</summary>
    public Task FreezeAsync() => Task.Delay(Timeout.Infinite, stop);

    /// <summary>Ends the connection rudely, as a crash or a firewall does.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }
}
