using System.CommandLine;
using ActorWebhooks.LoadTest.Databases;

namespace ActorWebhooks.LoadTest.Commands;

/// <summary><c>--databases</c> and <c>--postgres</c>: where the journals are that a command measures.</summary>
internal sealed class DatabaseOptions
{
    private readonly Option<DatabaseKind[]> _kinds;
    private readonly Option<string?> _postgres = PostgresOption.Create();

    /// <param name="standard">Those that are measured unless the user chooses.</param>
    public DatabaseOptions(params DatabaseKind[] standard) => _kinds = new Option<DatabaseKind[]>("--databases")
    {
        DefaultValueFactory = _ => standard,
        AllowMultipleArgumentsPerToken = true,
        Description = $"Where the journal is, of {string.Join(' ', Enum.GetNames<DatabaseKind>())}. Default {string.Join(' ', standard)}.",
    };

    public void AddTo(Command command)
    {
        command.Add(_kinds);
        command.Add(_postgres);
    }

    public string? PostgresOf(ParseResult parsed) => parsed.GetValue(_postgres);

    /// <summary>Those that there are; whoever reads the output is told of the others.</summary>
    public DatabaseKind[] KindsOf(ParseResult parsed)
    {
        var here = parsed.GetValue(_kinds)!.ToLookup(kind => DatabaseCatalog.IsHere(kind, PostgresOf(parsed)));
        foreach (var missing in here[false])
            Console.WriteLine($"{missing} is left out: it is not installed (apt-get install postgresql), and no --postgres was given.\n");
        return [.. here[true]];
    }
}
