using System.Buffers;

namespace ActorWebhooks.Connections;

/// <summary>
/// A connection in HTTP/1.1 on which an answer counts that comes while the request is still being sent. The HTTP client reads only when it has
/// written all, and forgets what came when writing fails. Here a write that has to wait reads ahead, and a write that fails after an answer
/// came counts as written: the client then reads the answer, and finds the connection at its end.
/// </summary>
internal sealed class AnswerStream(Stream inner) : AsyncStream
{
    private const int AheadBytes = 16 * 1024;

    // Written at once, before the answer and after it. An endpoint that has answered, and takes less within the patience, is not sent the rest.
    private const int Piece = 128 * 1024;
    private const int SmallPiece = 16 * 1024;
    private static readonly TimeSpan WritePatience = TimeSpan.FromSeconds(10);

    // How long the answer of an endpoint that hung up may take to be read.
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly AnswerHead _head = new();
    private AttemptScope? _scope;
    private byte[]? _ahead;
    private int _start;
    private int _end;
    private Task? _readingAhead;
    private bool _isRead;
    private TaskCompletionSource? _readOver;
    private TaskCompletionSource? _cameAhead;
    private TaskCompletionSource? _answered;
    private Exception? _fault;
    private volatile bool _isEnded;
    private volatile bool _isWriting;
    private volatile bool _isCutOff;

    private bool HasAnswer => _scope is { Status: > 0 };

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (AttemptScope.Current is { } scope && !ReferenceEquals(scope, _scope))
            Begin(scope);
        while (!_isCutOff && !buffer.IsEmpty)
        {
            var write = WritePieceAsync(ref buffer, cancellationToken);
            if (!write.IsCompletedSuccessfully)
                return new ValueTask(WriteSlowlyAsync(write.AsTask(), buffer, cancellationToken));
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_start < _end)
                return ValueTask.FromResult(Take(buffer.Span));
            if (_isEnded)
                return _fault is null || HasAnswer ? ValueTask.FromResult(0) : ValueTask.FromException<int>(_fault);
            if (_readingAhead is not null)
                return ReadAfterAsync((_cameAhead ??= NewSignal()).Task, buffer, cancellationToken);
            _isRead = true;
        }

        return ReadInnerAsync(buffer, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        _isCutOff ? Task.CompletedTask : inner.FlushAsync(cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private void Begin(AttemptScope scope)
    {
        // Its endpoint waits for the rest of another request. Nothing was sent yet: this one goes over another connection.
        if (_isCutOff)
            throw new ConnectionEvictedException();
        scope.IsHttp1 = true;
        lock (_lock)
        {
            _scope = scope;
            _head.Reset();
            _answered = null;
        }
    }

    private ValueTask WritePieceAsync(ref ReadOnlyMemory<byte> rest, CancellationToken cancellationToken)
    {
        var piece = rest[..Math.Min(rest.Length, HasAnswer ? SmallPiece : Piece)];
        rest = rest[piece.Length..];
        try
        {
            return inner.WriteAsync(piece, cancellationToken.CanBeCanceled ? cancellationToken : _abandon.Token);
        }
        catch (IOException e)
        {
            return ValueTask.FromException(e);
        }
    }

    private async Task WriteSlowlyAsync(Task write, ReadOnlyMemory<byte> rest, CancellationToken cancellationToken)
    {
        _isWriting = true;
        try
        {
            var answered = AnswerAsync();
            while (true)
            {
                _ = ReadOn();
                await WaitForAsync(write, answered, cancellationToken).ConfigureAwait(false);
                if (rest.IsEmpty)
                    break;
                write = WritePieceAsync(ref rest, cancellationToken).AsTask();
            }
        }
        catch (Exception e) when (MayHaveAnswer(e, cancellationToken))
        {
            if (!await AnswerComesAsync().ConfigureAwait(false))
                throw;
            _isCutOff = true;
            _scope!.IsCutOff = true;
        }
        finally
        {
            _isWriting = false;
        }
    }

    private async Task WaitForAsync(Task write, Task answered, CancellationToken cancellationToken)
    {
        if (await Task.WhenAny(write, answered).ConfigureAwait(false) != write
            && await Task.WhenAny(write, Task.Delay(WritePatience, cancellationToken)).ConfigureAwait(false) != write)
        {
            // It has answered, and takes no more.
            await _abandon.CancelAsync().ConfigureAwait(false);
        }

        await write.ConfigureAwait(false);
    }

    private bool MayHaveAnswer(Exception e, CancellationToken cancellationToken) =>
        _scope is not null
        && !cancellationToken.IsCancellationRequested
        && (e is IOException || _abandon.IsCancellationRequested)
        && !NodeTrouble.IsEviction(e);

    private Task AnswerAsync()
    {
        lock (_lock)
        {
            _answered ??= NewSignal();
            if (HasAnswer)
                _answered.TrySetResult();
            return _answered.Task;
        }
    }

    private async Task<bool> AnswerComesAsync()
    {
        while (!HasAnswer && ReadOn() is { } reading)
        {
            try
            {
                await reading.WaitAsync(ReadPatience).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                break;
            }
        }

        return HasAnswer;
    }

    /// <returns>A read that is under way, and does not fail; null when there is nothing to read, or no room.</returns>
    private Task? ReadOn()
    {
        lock (_lock)
        {
            if (_isRead)
                return (_readOver ??= NewSignal()).Task;
            if (_readingAhead is not null)
                return _readingAhead;
            if (_isEnded || _end == AheadBytes)
                return null;
            _ahead ??= ArrayPool<byte>.Shared.Rent(AheadBytes);
            return _readingAhead = ReadAheadAsync(_ahead);
        }
    }

    private async Task ReadAheadAsync(byte[] ahead)
    {
        // Whoever starts it holds the lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            for (var read = -1; read != 0 && (read < 0 || _isWriting) && _end < AheadBytes;)
            {
                read = await inner.ReadAsync(ahead.AsMemory(_end, AheadBytes - _end)).ConfigureAwait(false);
                Look(ahead.AsSpan(_end, read));
                CameAhead(read, isOver: false);
            }
        }
#pragma warning disable CA1031 // Whoever reads next is told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _fault = e;
            _isEnded = true;
        }
        finally
        {
            CameAhead(0, isOver: true);
        }
    }

    private void CameAhead(int bytes, bool isOver)
    {
        TaskCompletionSource? came;
        lock (_lock)
        {
            _end += bytes;
            if (isOver)
            {
                _readingAhead = null;
                ReturnAhead();
            }

            (came, _cameAhead) = (_cameAhead, null);
        }

        came?.TrySetResult();
    }

    // It may go on for as long as the request is sent, while the client wants what has come.
    private async ValueTask<int> ReadAfterAsync(Task came, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await came.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async ValueTask<int> ReadInnerAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read > 0 || buffer.Length > 0)
                Look(buffer.Span[..read]);
            return read;
        }
        catch (IOException e)
        {
            _fault = e;
            _isEnded = true;
            if (_isCutOff || (_isWriting && HasAnswer))
                return 0;
            throw;
        }
        finally
        {
            TaskCompletionSource? over;
            lock (_lock)
            {
                _isRead = false;
                (over, _readOver) = (_readOver, null);
            }

            over?.TrySetResult();
        }
    }

    // One reads at a time. Nothing comes after no bytes.
    private void Look(ReadOnlySpan<byte> bytes)
    {
        _isEnded |= bytes.IsEmpty;
        if (_head.IsRead || _scope is not { IsOver: false } scope)
            return;
        if (bytes.IsEmpty)
            _head.End();
        else
            _head.Read(bytes);
        scope.Saw(_head);
        if (_head.Status == 0)
            return;
        lock (_lock)
            _answered?.TrySetResult();
    }

    private int Take(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, _end - _start);
        _ahead.AsSpan(_start, length).CopyTo(buffer);
        _start += length;
        ReturnAhead();
        return length;
    }

    private void ReturnAhead()
    {
        if (_start < _end || _readingAhead is not null || _ahead is not { } ahead)
            return;
        (_ahead, _start, _end) = (null, 0, 0);
        ArrayPool<byte>.Shared.Return(ahead);
    }
}
