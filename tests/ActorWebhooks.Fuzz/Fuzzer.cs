using System.Diagnostics;

namespace ActorWebhooks.Fuzz;

/// <summary>Runs a target on one input after the other, until a time or a number is over, or one breaks a promise.</summary>
internal static class Fuzzer
{
    private const int KeptInputs = 2_000;

    // So often, what a target has made of an input that it took becomes the beginning of others.
    private const int KeepOneOf = 50;

    /// <param name="seed">The same inputs come from the same number.</param>
    /// <returns>How many inputs were run, and the first that broke a promise.</returns>
    public static (long Runs, Finding? Finding) Run(FuzzTarget target, int seed, TimeSpan time, long mostRuns = long.MaxValue)
    {
        var random = new Random(seed);
        var mutator = new Mutator(random, target.Words);
        var inputs = new List<byte[]>(target.Seeds);
        foreach (var input in inputs)
        {
            if (Try(target, input) is { } fault)
                return (0, new Finding(target, input, fault));
        }

        var runs = 0L;
        for (var since = Stopwatch.GetTimestamp(); runs < mostRuns && Stopwatch.GetElapsedTime(since) < time; runs++)
        {
            var input = mutator.Mutate(inputs[random.Next(inputs.Count)], inputs[random.Next(inputs.Count)]);
            if (Try(target, input) is { } fault)
                return (runs + 1, new Finding(target, Shrink(target, input), fault));
            if (random.Next(KeepOneOf) > 0)
                continue;
            if (inputs.Count < KeptInputs)
                inputs.Add(input);
            else
                inputs[target.Seeds.Length + random.Next(KeptInputs - target.Seeds.Length)] = input;
        }

        return (runs, null);
    }

    /// <returns>Null when every promise was kept.</returns>
    public static string? Try(FuzzTarget target, byte[] input)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var since = Stopwatch.GetTimestamp();
        try
        {
            target.Run(input);
        }
#pragma warning disable CA1031 // Whatever it is, it is a finding.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e.ToString();
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var most = FuzzTarget.FreeBytes + ((long)input.Length * target.BytesPerByte);
        if (allocated > most)
            return $"It allocated {allocated} bytes for an input of {input.Length}; {most} is the most.";
        return Stopwatch.GetElapsedTime(since) > FuzzTarget.Patience ? $"It took {Stopwatch.GetElapsedTime(since)}." : null;
    }

    // Pieces are left out as long as what is left still breaks a promise.
    private static byte[] Shrink(FuzzTarget target, byte[] input)
    {
        for (var piece = input.Length / 2; piece > 0; piece /= 2)
        {
            for (var at = 0; at + piece <= input.Length;)
            {
                byte[] shorter = [.. input[..at], .. input[(at + piece)..]];
                if (Try(target, shorter) is null)
                    at += piece;
                else
                    input = shorter;
            }
        }

        return input;
    }
}
