using System.Globalization;
using System.Text;

namespace ActorWebhooks.LoadTest.Reporting;

/// <summary>Rows as a table in Markdown.</summary>
internal sealed class MarkdownTable
{
    private readonly StringBuilder _text = new();

    public MarkdownTable(params string[] headings)
    {
        Add(headings);
        _text.Append("| --- ").AppendJoin(' ', Enumerable.Repeat("| ---:", headings.Length - 1)).AppendLine(" |");
    }

    public void Add(params string[] cells) => _text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");

    public static string Show(double figure, string format) => figure.ToString(format, CultureInfo.InvariantCulture);

    public override string ToString() => _text.ToString();
}
