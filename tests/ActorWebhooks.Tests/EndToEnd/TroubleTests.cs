using System.Diagnostics;

namespace ActorWebhooks.Tests.EndToEnd;

/// <summary>
/// Base of the tests with a receiver that misbehaves: whatever it does, it costs bounded time and memory, which is asserted after each
/// test. They run alone, as what other tests allocate would count.
/// </summary>
[Collection(nameof(TroubleTests.Alone))]
public abstract class TroubleTests : IDisposable
{
    protected const long MiB = 1024 * 1024;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    private readonly long _allocated = GC.GetTotalAllocatedBytes();
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>A test starts an application and a server of its own, which takes some MiB; its receiver could send without end.</summary>
    protected virtual long MostAllocated => 48 * MiB;

    public virtual void Dispose()
    {
        GC.SuppressFinalize(this);
        Assert.InRange(GC.GetTotalAllocatedBytes() - _allocated, 0, MostAllocated);
        Assert.InRange(Stopwatch.GetElapsedTime(_start), TimeSpan.Zero, MostTime);
    }

    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;
}
