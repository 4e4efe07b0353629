namespace ActorWebhooks.Journal.Rows;

/// <summary>What a row is for. The numbers stand in the journal.</summary>
internal enum RowKind : byte
{
    /// <summary>Events, or dead letters, and the state.</summary>
    Data = 0,

    /// <summary>Stands where the former owner would write next, so that it cannot.</summary>
    Fence = 1,

    /// <summary>An owner claims its epoch; the state is what it found.</summary>
    Claim = 2,

    /// <summary>Attempts, and nothing of the state: a stream of its own has them.</summary>
    Attempts = 3,
}
