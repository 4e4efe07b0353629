using System.Collections.Immutable;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration;

/// <summary>Gathers the errors of one file.</summary>
internal sealed class ErrorList(string file)
{
    private readonly List<ConfigurationError> _errors = [];

    public int Count => _errors.Count;

    /// <param name="position">As Tomlyn counts, from 0.</param>
    public void Add(TextPosition position, string message) =>
        _errors.Add(new ConfigurationError(file, position.Line + 1, position.Column + 1, message));

    /// <summary>In the order of the text, one for a place.</summary>
    public ImmutableArray<ConfigurationError> ToSorted() =>
    [
        .. _errors
            .DistinctBy(error => (error.Line, error.Column))
            .OrderBy(error => error.Line)
            .ThenBy(error => error.Column),
    ];
}
