using System.Diagnostics;
using System.IO.Pipes;
using ActorWebhooks.Configuration;
using ActorWebhooks.Configuration.Macros;

namespace ActorWebhooks.Tests.Configuration;

/// <summary>Webhook files as they lie on a disk.</summary>
public sealed class LoadedFileTests : IDisposable
{
    private const string Audit = "[webhook.audit]\nurl = \"http://127.0.0.1:9/\"\nevents = \"*\"\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string WebhooksFile => Path.Combine(_folder.FullName, "webhooks.toml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", false, false)]
    [InlineData("# nothing yet", false, false)]
    [InlineData("[webhook]", false, false)]
    [InlineData("# the file of the second node\n# No webhooks  \n", false, true)]
    [InlineData("", true, true)]
    public void File_without_a_webhook_is_refused_unless_it_says_so_or_that_is_allowed(string toml, bool allowEmpty, bool isValid)
    {
        File.WriteAllText(WebhooksFile, toml);

        var result = WebhookFile.Load(WebhooksFile, allowEmpty);

        Assert.Equal(isValid, result.IsValid);
        if (!isValid)
            Assert.Contains("holds no webhook, or is no regular file", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipe_or_device_is_not_opened_whether_named_itself_or_by_a_link_or_a_macro()
    {
        var pipe = Path.Combine(_folder.FullName, "pipe");
        using (var mkfifo = Process.Start("mkfifo", [pipe]))
            await mkfifo.WaitForExitAsync();
        var link = File.CreateSymbolicLink(Path.Combine(_folder.FullName, "link"), pipe).FullName;

        using var nameless = new AnonymousPipeServerStream(PipeDirection.Out);
        var ofProcess = $"/proc/self/fd/{nameless.ClientSafePipeHandle.DangerousGetHandle()}";
        var linkToIt = File.CreateSymbolicLink(Path.Combine(_folder.FullName, "link-to-it"), ofProcess).FullName;

        foreach (var path in (string[])[pipe, link, "/dev/zero", ofProcess, linkToIt])
        {
            Assert.Contains("is no regular file", Assert.Single(WebhookFile.Load(path, allowEmpty: false).Errors).Message, StringComparison.Ordinal);
            Assert.Null(new MacroFiles(MacroSource.System).Read(path, out var value));
            Assert.Equal("", value);
        }
    }

    [Fact]
    public void Link_to_a_file_is_read()
    {
        File.WriteAllText(WebhooksFile, Audit);
        var link = File.CreateSymbolicLink(Path.Combine(_folder.FullName, "link"), WebhooksFile).FullName;

        Assert.Single(WebhookFile.Load(link, allowEmpty: false).Webhooks);
    }

    [Fact]
    public void Missing_file_is_an_error_that_names_the_full_path()
    {
        var error = Assert.Single(WebhookFile.Load("no-such-folder/webhooks.toml", allowEmpty: false).Errors);

        Assert.Equal((1, 1), (error.Line, error.Column));
        Assert.Contains(Path.GetFullPath("no-such-folder/webhooks.toml"), error.Message, StringComparison.Ordinal);
        Assert.Contains("does not exist; create it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_over_64_MiB_is_refused()
    {
        using (var file = File.OpenWrite(WebhooksFile))
            file.SetLength(64 * 1024 * 1024 + 1);

        Assert.Contains("larger than 64MiB", Assert.Single(WebhookFile.Load(WebhooksFile, allowEmpty: false).Errors).Message, StringComparison.Ordinal);
    }
}
