using System.Diagnostics;

namespace ActorWebhooks.Tests;

/// <summary>The code that the README gives to receivers is run as it stands there.</summary>
public sealed class ReadmeTests
{
    private const string Body = """{"events":[{"id":"12345","createdAt":"2023-06-21T14:55:00Z","type":"auth.success","data":{}}]}""";
    private const string Signature = "Til9k4GudaB4dIeWWv69yyVIWMX42uBR/5zo6ob5BiY=";

    [Fact]
    public async Task Node_code_verifies_what_is_valid_and_nothing_else() => Assert.Equal(
        "true false false false",
        await Run("node", $"""
            {CodeOf("js")}
            const body = Buffer.from('{Body}');
            console.log([
              verify(body, '{Signature}', 'ovos-moles'),
              verify(body, '{Signature}', 'another-key'),
              verify(Buffer.from('other'), '{Signature}', 'ovos-moles'),
              verify(body, undefined, 'ovos-moles'),
            ].join(' '));
            """));

    [Fact]
    public async Task Python_code_verifies_what_is_valid_and_nothing_else() => Assert.Equal(
        "True False False False",
        await Run("python3", $"""
            {CodeOf("python")}
            body = b'{Body}'
            print(
                verify(body, '{Signature}', 'ovos-moles'),
                verify(body, '{Signature}', 'another-key'),
                verify(b'other', '{Signature}', 'ovos-moles'),
                verify(body, None, 'ovos-moles'))
            """));

    private static string CodeOf(string language)
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")).ReplaceLineEndings("\n");
        var fence = $"```{language}\n";
        var start = readme.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static async Task<string> Run(string program, string code)
    {
        using var process = Process.Start(new ProcessStartInfo(program, "-")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await process.StandardInput.WriteAsync(code);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Trim();
    }
}
