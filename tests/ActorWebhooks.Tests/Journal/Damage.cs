using ActorWebhooks.Journal.Rows;

namespace ActorWebhooks.Tests.Journal;

/// <summary>What a disk does to rows.</summary>
internal static class Damage
{
    /// <summary>Nothing of the row can be read.</summary>
    public static void DamageHead(this SortedDictionary<long, JournalRow> rows, long row) => rows[row] = Flip(rows[row], at: 31);

    /// <summary>The state can still be read, and the events cannot.</summary>
    public static void DamageBody(this SortedDictionary<long, JournalRow> rows, long row) => rows[row] = Flip(rows[row], rows[row].Bytes.Length - 1);

    private static JournalRow Flip(JournalRow row, int at)
    {
        var bytes = row.Bytes.ToArray();
        bytes[at] ^= 1;
        return new JournalRow(bytes);
    }
}
