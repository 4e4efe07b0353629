namespace ActorWebhooks.Configuration.Sections;

/// <summary>How a table came to be; TOML lets only some of them be added to later.</summary>
internal enum Opening
{
    Not,

    /// <summary>By the header of a table within it.</summary>
    Implicit,

    /// <summary>By a dotted key.</summary>
    Dotted,

    /// <summary>By its own header.</summary>
    Header,

    /// <summary>By braces.</summary>
    Inline,
}
