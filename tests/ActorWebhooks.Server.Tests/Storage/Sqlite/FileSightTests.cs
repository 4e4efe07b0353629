using ActorWebhooks.Server.Storage.Sqlite;

namespace ActorWebhooks.Server.Tests.Storage.Sqlite;

public sealed class FileSightTests
{
    private static readonly FileIdentity Database = new(1, 10);
    private static readonly FileIdentity Log = new(1, 11);
    private static readonly FileIdentity Other = new(2, 10);
    private static readonly FileSight Opened = new(Database, Log);

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static Dictionary<string, (FileSight Seen, bool HasName, bool IsContinued, FileFate Fate)> Cases { get; } = new()
    {
        ["as it was"] = (Opened, true, true, FileFate.Intact),
        ["nothing there, other name"] = (new(null, Log), true, true, FileFate.Moved),
        ["nothing there, no name"] = (new(null, null), false, true, FileFate.Deleted),
        ["same number on another device"] = (new(Other, Log), true, true, FileFate.Exchanged),
        ["another file, no name"] = (new(Other, null), false, true, FileFate.Replaced),
        ["no log"] = (new(Database, null), true, true, FileFate.LogGone),
        ["another log"] = (new(Database, Other), true, true, FileFate.LogGone),
        ["another content"] = (Opened, true, false, FileFate.Overwritten),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_seen_tells_what_has_become_of_the_file(string name)
    {
        var (seen, hasName, isContinued, fate) = Cases[name];

        Assert.Equal(fate, seen.FateOf(Opened, hasName, isContinued));
    }
}
