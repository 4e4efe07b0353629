using System.CommandLine;
using ActorWebhooks.Server.Hosting;

namespace ActorWebhooks.Server.Commands;

/// <summary><c>--url</c> and <c>--api-key</c>, of all verbs that ask a running server for something.</summary>
internal sealed class ServerOption
{
    private readonly Option<string> _url = new("--url")
    {
        Description = "The server.",
        DefaultValueFactory = _ => RunCommand.DefaultUrl,
        HelpName = "URL",
    };

    private readonly Option<string?> _apiKey = new("--api-key")
    {
        Description = $"Its API key; default: the variable {RunCommand.ApiKeyVariable}.",
        HelpName = "KEY",
    };

    public ServerOption() => _url.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<string>() is { } text && ServerOf(text) is null)
            result.AddError($"'{ListenAddress.Shown(text)}' is not the URL of a server, such as {RunCommand.DefaultUrl}.");
    });

    public void AddTo(Command command)
    {
        command.Options.Add(_url);
        command.Options.Add(_apiKey);
    }

    /// <exception cref="RefusedException">The key is empty.</exception>
    public ServerClient Read(ParseResult parsed, Surroundings surroundings)
    {
        var apiKey = parsed.GetValue(_apiKey) ?? surroundings.Variable(RunCommand.ApiKeyVariable);
        return apiKey is ""
            ? throw new RefusedException($"The API key is empty. Give the key of the server, or leave --api-key and the variable {RunCommand.ApiKeyVariable} out.")
            : new ServerClient(ServerOf(parsed.GetRequiredValue(_url))!, apiKey);
    }

    private static Uri? ServerOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var server) && server.Scheme is "http" or "https" ? server : null;
}
