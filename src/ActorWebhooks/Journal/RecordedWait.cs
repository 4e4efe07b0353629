namespace ActorWebhooks.Journal;

/// <summary>
/// What outlives a process of the waits for an endpoint. It stands behind the state, as a section that older versions pass over: a byte that
/// says what it is, one with its length, and what it holds, little-endian.
/// </summary>
/// <param name="Endpoint">A fingerprint of the endpoint that is left alone: another one is not.</param>
/// <param name="Failures">Failed attempts since the last success.</param>
/// <param name="RetryAt">Milliseconds since 1970; 0 when the next attempt need not wait.</param>
/// <param name="LatestAttempt">When the latest attempt began, in milliseconds since 1970; 0 when nobody has to know.</param>
internal readonly record struct RecordedWait(ushort Endpoint, int Failures, long RetryAt, long LatestAttempt)
{
    private const byte Section = 1;
    private const byte Length = sizeof(ushort) + sizeof(int) + sizeof(long) + sizeof(long);

    private bool IsNothing => (Failures, RetryAt, LatestAttempt) == default;

    /// <summary>Nothing is written when there is nothing to say.</summary>
    public void Write(BinaryWriter to)
    {
        if (IsNothing)
            return;
        to.Write(Section);
        to.Write(Length);
        to.Write(Endpoint);
        to.Write(Failures);
        to.Write(RetryAt);
        to.Write(LatestAttempt);
    }

    /// <summary>Looks for it in what stands behind the state. What is something else, or longer, is of a later version.</summary>
    public static RecordedWait Read(BinaryReader from)
    {
        var stream = from.BaseStream;
        while (stream.Length - stream.Position >= 2)
        {
            var (section, length) = (from.ReadByte(), from.ReadByte());
            if (stream.Length - stream.Position < length)
                break;
            if (section == Section && length >= Length)
                return new RecordedWait(from.ReadUInt16(), from.ReadInt32(), from.ReadInt64(), from.ReadInt64());
            stream.Position += length;
        }

        return default;
    }
}
