using ActorWebhooks.Configuration.Keys;
using ActorWebhooks.Configuration.Toml;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Sections;

/// <summary>A key that takes several values, given one by one as Stalwart keeps them: <c>events.0000 = "auth.*"</c>.</summary>
internal sealed class ListTable(WebhookKey key, WebhookSection section) : Table
{
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    public static bool IsIndex(string name) => name.Length > 0 && name.All(char.IsAsciiDigit);

    public override Table? Enter(KeySegment child, Opening how)
    {
        section.RefuseTable(new KeySegment(key.Name, child.At));
        return null;
    }

    public override void Assign(KeySegment child, ValueSyntax value)
    {
        if (!IsIndex(child.Name))
            section.RefuseTable(new KeySegment(key.Name, At));
        else if (_given.Add(child.Name))
            section.AddElement(key, child.At, value);
        else
            section.RefuseTwice($"{key.Name}.{child.Name}", child.At);
    }
}
