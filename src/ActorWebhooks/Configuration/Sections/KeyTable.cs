using ActorWebhooks.Configuration.Toml;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Sections;

/// <summary>A table within a section, such as <c>auth</c>.</summary>
internal sealed class KeyTable(string name, WebhookSection section) : Table
{
    public override Table? Enter(KeySegment child, Opening how)
    {
        section.RefuseTable(child, prefix: name + ".");
        return null;
    }

    public override void Assign(KeySegment child, ValueSyntax value) => section.Add($"{name}.{child.Name}", child.At, value);
}
