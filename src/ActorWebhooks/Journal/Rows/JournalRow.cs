namespace ActorWebhooks.Journal.Rows;

/// <summary>What stands in one row of the journal: encoded before it is handed to the plugin, and not looked into before it is used.</summary>
internal sealed class JournalRow(byte[] bytes)
{
    /// <summary>As <see cref="RowEncoder"/> made them. Not to be changed.</summary>
    public byte[] Bytes => bytes;
}
