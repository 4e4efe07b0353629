using System.Text.RegularExpressions;
using ActorWebhooks.Server.Commands;

namespace ActorWebhooks.Server.Tests.Testing;

/// <summary>Runs verbs in this process and keeps what they print.</summary>
internal sealed class Cli
{
    public Screen Out { get; } = new();

    public Screen Error { get; } = new();

    public string In { get; init; } = "";

    /// <summary>The value of every environment variable.</summary>
    public string? Variable { get; init; }

    /// <summary>The first address that was printed.</summary>
    public string Url => Regex.Match(Out.Text, @"http://127\.0\.0\.1:\d+").Value;

    public Task<int> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    public Task<int> RunAsync(CancellationToken cancellationToken, params string[] args) => CommandLine.RunAsync(
        args, new Surroundings(new StringReader(In), Out, Error) { Variable = _ => Variable }, cancellationToken);
}
