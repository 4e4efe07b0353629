using System.Buffers;

namespace ActorWebhooks.Outbox;

/// <summary>
/// The bytes of one request body, in a pooled buffer. The outbox owns it; a request that was cancelled may still be reading,
/// so each reader holds a reference of its own and the last one to let go returns the buffer.
/// </summary>
internal sealed class BatchBody(byte[] pooled, int length)
{
    private int _references = 1;

    public int Length => length;

    public ReadOnlyMemory<byte> Memory => pooled.AsMemory(0, length);

    public ReadOnlySpan<byte> Span => pooled.AsSpan(0, length);

    /// <exception cref="ObjectDisposedException">The last reference is gone.</exception>
    public void Retain()
    {
        int references;
        do
        {
            references = Volatile.Read(ref _references);
            ObjectDisposedException.ThrowIf(references == 0, this);
        }
        while (Interlocked.CompareExchange(ref _references, references + 1, references) != references);
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
            ArrayPool<byte>.Shared.Return(pooled);
    }
}
