using System.Globalization;

namespace ActorWebhooks.LoadTest.Reporting;

/// <summary>Appends lines to a file, below a head where it is new.</summary>
internal static class Csv
{
    public static async Task AppendAsync(string file, string head, IEnumerable<object[]> lines, CancellationToken cancellationToken)
    {
        var isNew = !File.Exists(file);
        await using var writer = new StreamWriter(file, append: true);
        if (isNew)
            await writer.WriteLineAsync(head);
        foreach (var line in lines)
            await writer.WriteLineAsync(string.Join(',', line.Select(Show)).AsMemory(), cancellationToken);
    }

    private static string? Show(object cell) => Convert.ToString(cell, CultureInfo.InvariantCulture);
}
