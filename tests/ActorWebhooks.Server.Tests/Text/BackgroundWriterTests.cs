using System.Globalization;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Tests.Text;

public sealed class BackgroundWriterTests
{
    [Fact]
    public async Task What_is_written_comes_in_order_and_is_there_when_the_writer_is_disposed()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var writer = new BackgroundWriter(output);
        for (var i = 0; i < 1000; i++)
            await writer.WriteLineAsync($"{i}");
        await writer.DisposeAsync();

        Assert.Equal(string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i}{Environment.NewLine}")), output.ToString());
    }

    [Fact]
    public async Task What_nobody_reads_is_left_out_beyond_the_bound_counted_and_told()
    {
        using var output = new StuckWriter();
        var writer = new BackgroundWriter(output);
        await writer.WriteAsync("first\n");
        await output.Stuck.WaitAsync(TimeSpan.FromSeconds(30));
        var piece = new string('x', (BackgroundWriter.MaxWaiting / 4) - 1) + "\n";
        for (var i = 0; i < 7; i++)
            await writer.WriteAsync(piece);
        output.Continue();
        await writer.DisposeAsync();

        Assert.Equal(
            $"first\n{piece}{piece}{piece}{piece}(3 pieces of output are left out here: nobody read them in time.){Environment.NewLine}",
            output.ToString());
    }

    [Fact]
    public async Task Piece_longer_than_the_bound_is_written_when_nothing_else_waits()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var writer = new BackgroundWriter(output, TimeSpan.FromSeconds(30));
        await writer.WriteAsync(new string('x', 2 * BackgroundWriter.MaxWaiting));
        await writer.DisposeAsync();

        Assert.Equal(2 * BackgroundWriter.MaxWaiting, output.ToString().Length);
    }

    [Fact]
    public async Task Disposal_does_not_wait_for_a_reader_that_never_comes()
    {
        using var output = new StuckWriter();
        var writer = new BackgroundWriter(output, TimeSpan.FromMilliseconds(10));
        await writer.WriteAsync("never read");
        await writer.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        output.Continue();
    }

    /// <summary>Takes nothing until it is told to go on.</summary>
    private sealed class StuckWriter() : StringWriter(CultureInfo.InvariantCulture)
    {
        private readonly TaskCompletionSource _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _continues = new();

        public Task Stuck => _stuck.Task;

        public void Continue() => _continues.Set();

        public override void Write(string? value)
        {
            _stuck.TrySetResult();
            _continues.Wait();
            base.Write(value);
        }

        protected override void Dispose(bool disposing)
        {
            _continues.Set();
            base.Dispose(disposing);
        }
    }
}
