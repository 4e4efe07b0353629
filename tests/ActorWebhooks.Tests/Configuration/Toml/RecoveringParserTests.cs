using ActorWebhooks.Configuration.Toml;
using Tomlyn.Syntax;

namespace ActorWebhooks.Tests.Configuration.Toml;

public sealed class RecoveringParserTests
{
    private const int Sections = 1000;

    private const string Plain = "signature-key = \"k\"";

    private const string WithHeadersInIt = "signature-key = \"\"\"\n[webhook.x]\n[webhook.y]\n\"\"\"";

    [Theory]
    [InlineData(Plain)]
    [InlineData(WithHeadersInIt)]
    [InlineData("events = [\n  \"a\",\n  \"b\",\n]")]
    public void Only_a_small_part_of_a_large_file_is_in_memory_as_a_tree(string lines)
    {
        var (sizes, faults) = Read(lines, lines);

        Assert.Equal(0, faults.Count);
        Assert.Equal(Sections, sizes.Sum());
        Assert.InRange(sizes.Max(), 1, Sections / 10);
    }

    [Theory]
    [InlineData("signature-key = \"k", Plain)]
    [InlineData("signature-key = 'k", Plain)]
    [InlineData("headers = [ \"A: b\"", Plain)]
    [InlineData("auth = {", Plain)]
    [InlineData("throttle = 5s", Plain)]
    [InlineData("throttle 5", WithHeadersInIt)]
    [InlineData("signature-key = \"k", WithHeadersInIt)]
    public void Mistake_in_a_large_file_is_no_reason_to_parse_it_as_a_whole(string mistake, string lines)
    {
        var (sizes, faults) = Read(lines, mistake);

        Assert.Equal(1, faults.Count);
        Assert.Equal(Sections, sizes.Sum());
        Assert.InRange(sizes.Max(), 1, Sections / 10);
    }

    [Fact]
    public void After_twenty_mistakes_nothing_more_is_read()
    {
        var faults = new Faults(Reading.File);
        var toml = string.Concat(Enumerable.Range(0, 100).Select(i => $"[webhook.w{i}]\nurl = \"http://h/\"\nevents =\n"));

        Assert.False(new RecoveringParser(toml, faults, pieceLength: 0).Read(_ => { }));

        Assert.Equal(Enumerable.Range(1, 20).Select(i => i * 3), faults.ToErrors().Select(error => error.Line));
    }

    private static (List<int> Sizes, Faults Faults) Read(string lines, string oneOfThem)
    {
        var toml = string.Concat(Enumerable.Range(0, Sections).Select(i =>
            $"[webhook.w{i}]\nurl = \"https://example.com/{i:D4}\"\n{(i == Sections / 4 ? oneOfThem : lines)}\n"));
        var faults = new Faults(Reading.File);
        var sizes = new List<int>();
        var isRead = new RecoveringParser(toml, faults, RecoveringParser.PieceLength).Read(Count);
        Assert.True(isRead);
        return (sizes, faults);

        void Count(DocumentSyntax piece) => sizes.Add(piece.Tables.ChildrenCount);
    }
}
