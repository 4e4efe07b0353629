using System.Globalization;
using System.Text;

namespace ActorWebhooks.Chaos;

/// <summary>One row for each scenario, as a table of Markdown.</summary>
internal sealed class ResultTable
{
    private readonly List<string[]> _rows =
    [
        ["scenario", "runs", "accepted", "missing", "repeats", "overlapping requests", "longest silence after take-over", "took", "verdict"],
    ];

    public bool IsGood { get; private set; } = true;

    public void Add(string scenario, Outcome outcome, TimeSpan took)
    {
        IsGood &= outcome.IsGood;
        _rows.Add(
        [
            scenario,
            Shown(outcome.Runs),
            Shown(outcome.Accepted),
            Shown(outcome.Missing),
            Shown(outcome.Repeats),
            Shown(outcome.Overlaps),
            outcome.Silence is { } silence ? string.Create(CultureInfo.InvariantCulture, $"{silence.TotalSeconds:0.0} s") : "-",
            string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0} s"),
            outcome.IsGood ? "passed" : $"FAILED ({outcome.Problems.Length})",
        ]);
    }

    public override string ToString()
    {
        var widths = Enumerable.Range(0, _rows[0].Length).Select(column => _rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        Append(text, _rows[0], widths);
        text.AppendLine($"|{string.Join('|', widths.Select((width, column) => IsNumber(column) ? $"{new string('-', width + 1)}:" : new string('-', width + 2)))}|");
        foreach (var row in _rows.Skip(1))
            Append(text, row, widths);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string[] row, int[] widths) =>
        text.AppendLine($"| {string.Join(" | ", row.Select((cell, column) => IsNumber(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])))} |");

    private static bool IsNumber(int column) => column is > 0 and < 8;

    private static string Shown(long? figure) => figure?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";
}
