using System.Buffers.Binary;

namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>What the first bytes of a SQLite file tell about which database it is, and how far it has come.</summary>
/// <param name="ChangeCounter">Never goes down in one file.</param>
/// <param name="Identity">The <c>user_version</c>: a random number that each database gets once.</param>
internal readonly record struct DatabaseHeader(uint ChangeCounter, int Identity)
{
    public const int Bytes = 100;

    private const int ChangeCounterAt = 24;
    private const int IdentityAt = 60;

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Null when it is no header.</summary>
    public static DatabaseHeader? Parse(ReadOnlySpan<byte> bytes) =>
        bytes.Length < Bytes || !bytes.StartsWith(Magic)
            ? null
            : new(BinaryPrimitives.ReadUInt32BigEndian(bytes[ChangeCounterAt..]), BinaryPrimitives.ReadInt32BigEndian(bytes[IdentityAt..]));

    /// <summary>Whether a header that was read later is of the same database: no other was copied over it, and no older copy.</summary>
    public bool IsContinuedBy(DatabaseHeader later) =>
        later.Identity == Identity && unchecked((int)(later.ChangeCounter - ChangeCounter)) >= 0;
}
