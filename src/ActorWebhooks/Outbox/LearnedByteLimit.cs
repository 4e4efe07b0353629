namespace ActorWebhooks.Outbox;

/// <summary>
/// How large a body the endpoint takes, as its answers teach: half of the limit after a 413, and twice as much again, up to what is
/// configured, after a run of full batches that passed.
/// </summary>
internal readonly record struct LearnedByteLimit(int Configured, int Effective, int FullBatchesPassed)
{
    public const int RunOfFullBatches = 10;

    private const int Least = 1024;

    public static LearnedByteLimit Of(int configured) => new(configured, configured, 0);

    /// <param name="bytes">The length of what was refused; more than the limit, and it teaches nothing that is not known.</param>
    public LearnedByteLimit TooLarge(int bytes) =>
        bytes > Effective ? this : this with { Effective = Math.Max(Least, Effective / 2), FullBatchesPassed = 0 };

    public LearnedByteLimit Passed(bool isFull)
    {
        if (Effective == Configured || !isFull)
            return this;
        return FullBatchesPassed + 1 < RunOfFullBatches
            ? this with { FullBatchesPassed = FullBatchesPassed + 1 }
            : this with { Effective = (int)Math.Min(Configured, Effective * 2L), FullBatchesPassed = 0 };
    }
}
