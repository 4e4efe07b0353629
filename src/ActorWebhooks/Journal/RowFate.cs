namespace ActorWebhooks.Journal;

/// <summary>What is known of a row that was sent to the journal.</summary>
internal enum RowFate
{
    /// <summary>It is not there.</summary>
    Unwritten,

    /// <summary>A request is under way.</summary>
    Asked,

    /// <summary>A request failed, so it may be there or not.</summary>
    Unknown,
}
