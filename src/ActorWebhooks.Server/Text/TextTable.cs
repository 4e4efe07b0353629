namespace ActorWebhooks.Server.Text;

/// <summary>Columns as wide as their widest cell.</summary>
internal static class TextTable
{
    public static void Write(IReadOnlyList<string[]> rows, TextWriter output, string indent = "")
    {
        var widths = new int[rows.Select(row => row.Length).DefaultIfEmpty().Max()];
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
                widths[i] = Math.Max(widths[i], row[i].Length);
        }

        foreach (var row in rows)
            output.WriteLine(indent + string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }
}
