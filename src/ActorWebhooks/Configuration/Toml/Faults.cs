using System.Collections.Immutable;

namespace ActorWebhooks.Configuration.Toml;

/// <summary>Gathers the errors of one file, or what is taken with a warning.</summary>
internal sealed class Faults(string file, string kind = "errors")
{
    public const int Limit = 1000;

    private readonly List<(Position At, string Message)> _found = [];

    private int _notShown;

    /// <summary>With those over <see cref="Limit"/>, of which the messages are not kept.</summary>
    public int Count => _found.Count + _notShown;

    public void Add(Position at, string message)
    {
        if (_found.Count < Limit)
            _found.Add((at, message));
        else
            _notShown++;
    }

    public void AddAll(Faults other)
    {
        foreach (var (at, message) in other._found)
            Add(at, message);
        _notShown += other._notShown;
    }

    /// <summary>Sorted by position.</summary>
    public ImmutableArray<ConfigurationError> ToErrors()
    {
        if (_found.Count == 0)
            return [];

        var errors = ImmutableArray.CreateBuilder<ConfigurationError>(_found.Count + 1);
        foreach (var (at, message) in _found.OrderBy(fault => fault.At))
            errors.Add(new ConfigurationError(file, at.Line, at.Column, message));
        if (_notShown > 0)
            errors.Add(errors[^1] with { Message = $"{_notShown} more {kind} are not shown; correct those above first" });
        return errors.ToImmutable();
    }
}
