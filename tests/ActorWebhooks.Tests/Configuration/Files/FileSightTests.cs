using ActorWebhooks.Configuration.Files;

namespace ActorWebhooks.Tests.Configuration.Files;

public sealed class FileSightTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actor-webhooks-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Path_is_followed_through_links_of_files_and_of_folders_wherever_they_stand()
    {
        Directory.CreateDirectory(At("real/inner"));
        File.WriteAllText(At("real/inner/file"), "");
        Directory.CreateSymbolicLink(At("folder"), "real");
        Directory.CreateSymbolicLink(At("real/up"), "../folder/inner");
        File.CreateSymbolicLink(At("file"), At("folder/up/./file"));
        var real = RealPath.Of(At("real/inner/file"));

        Assert.Equal(real, RealPath.Of(At("file")));
        Assert.Equal(real, RealPath.Of(At("folder/inner/../inner/file")));
        Assert.Equal(real, RealPath.Of(Path.GetRelativePath(Directory.GetCurrentDirectory(), At("file"))));

        // Behind a link, .. is that of the folder that it leads to.
        Assert.Equal(RealPath.Of(At("real/other")), RealPath.Of(At("folder/up/../other")));
    }

    [Fact]
    public void Links_in_a_circle_and_what_is_missing_are_a_sight_too()
    {
        File.CreateSymbolicLink(At("a"), "b");
        File.CreateSymbolicLink(At("b"), "a");

        foreach (var path in (string[])[At("a"), At("missing/file"), "", "a\0b"])
        {
            var sight = FileSight.Of(path);
            Assert.Equal(-1, sight.Length);
            Assert.True(sight.IsCurrent());
        }
    }

    [Fact]
    public void File_that_comes_changes_or_goes_is_another_sight()
    {
        var missing = FileSight.Of(At("file"));
        File.WriteAllText(At("file"), "1");
        var small = FileSight.Of(At("file"));
        File.WriteAllText(At("file"), "12");
        var large = FileSight.Of(At("file"));

        Assert.Equal(3, new HashSet<FileSight>([missing, small, large]).Count);
        Assert.True(large.IsCurrent());
        File.Delete(At("file"));
        Assert.False(large.IsCurrent());
    }

    private string At(string path) => Path.Combine(_folder.FullName, path);
}
