using System.Buffers.Binary;
using System.Text;
using ActorWebhooks.Connections;

namespace ActorWebhooks.Tests.Testing;

/// <summary>A connection in HTTP/2 as the script of a <see cref="RoughReceiver"/> sees it: frames, and no rules.</summary>
internal sealed class RoughHttp2(RoughConnection connection)
{
    public const byte Settings = 4;
    public const byte GoAway = 7;
    public const byte WindowUpdate = 8;
    public const byte EndStreamAndHeaders = 5;
    public const byte EndHeaders = 4;
    public const byte Acknowledged = 1;

    private const int PrefaceLength = 24;

    /// <param name="streams">How many requests it takes at a time; null for any number.</param>
    public async Task BeginAsync(int? streams = null)
    {
        await connection.ReadAsync(PrefaceLength);
        await WriteAsync(Settings, 0, 0, streams is { } most ? $"\0\u0003\0\0\0{(char)most}" : "");
    }

    public async Task<Http2Frame> ReadAsync()
    {
        var head = await connection.ReadAsync(Http2Frame.HeadLength);
        await connection.ReadAsync((head[0] << 16) | (head[1] << 8) | head[2]);
        return new Http2Frame(head[3], head[4], (int)BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(5)));
    }

    /// <returns>The stream of the next frame of this type.</returns>
    public async Task<int> ReadAsync(byte type)
    {
        while (true)
        {
            if (await ReadAsync() is var frame && frame.Type == type)
                return frame.StreamId;
        }
    }

    /// <summary>Reads a request to its end.</summary>
    public async Task<int> ReadRequestAsync()
    {
        while (true)
        {
            if (await ReadAsync() is { EndsStream: true } frame)
                return frame.StreamId;
        }
    }

    public Task AnswerAsync(int stream, int status, byte flags = EndStreamAndHeaders) =>
        WriteAsync(Http2Frame.Headers, flags, stream, $"\u0008\u0003{status}");

    public Task ResetAsync(int stream, int error) => WriteAsync(Http2Frame.ResetStream, 0, stream, $"\0\0\0{(char)error}");

    /// <param name="payload">Of ASCII.</param>
    public Task WriteAsync(byte type, byte flags, int stream, string payload)
    {
        var frame = new StringBuilder();
        frame.Append('\0').Append((char)(payload.Length >> 7 == 0 ? 0 : throw new ArgumentException(payload))).Append((char)payload.Length);
        frame.Append((char)type).Append((char)flags);
        frame.Append("\0\0\0").Append((char)stream).Append(payload);
        return connection.WriteAsync(frame.ToString());
    }
}
