using ActorWebhooks.Configuration.Toml;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Sections;

/// <summary>A table of the file that may hold something for a webhook. Every spelling of TOML comes down to these two calls.</summary>
internal abstract class Table
{
    private Opening _opening;

    /// <summary>Where it was opened first.</summary>
    public Position At { get; private set; }

    /// <summary>The table in it by that name, or null if it is not one to look into, which is reported then.</summary>
    public abstract Table? Enter(KeySegment name, Opening how);

    /// <summary>Takes <c>name = value</c>.</summary>
    public abstract void Assign(KeySegment name, ValueSyntax value);

    /// <summary>False if TOML forbids to define it once more in this way.</summary>
    public bool TryOpen(Opening how, Position at)
    {
        var isAllowed = how switch
        {
            Opening.Implicit => _opening != Opening.Inline,
            Opening.Dotted => _opening is not (Opening.Header or Opening.Inline),
            _ => _opening is Opening.Not or Opening.Implicit,
        };
        if (_opening == Opening.Not)
            At = at;
        if (isAllowed && (how != Opening.Implicit || _opening == Opening.Not))
            _opening = how;
        return isAllowed;
    }

    public void AssignPath(List<KeySegment> path, ValueSyntax? value)
    {
        if (path.Count == 0 || value is null)
            return;
        var table = this;
        for (var i = 0; i < path.Count - 1 && table is not null; i++)
            table = table.Enter(path[i], Opening.Dotted);
        table?.Assign(path[^1], value);
    }

    /// <summary>Takes an inline table as if its keys were written out.</summary>
    protected void AssignInline(KeySegment name, InlineTableSyntax inline)
    {
        if (Enter(name, Opening.Inline) is not { } table)
            return;
        foreach (var item in inline.Items)
            table.AssignPath(KeySegment.Path(item.KeyValue?.Key), item.KeyValue?.Value);
    }
}
