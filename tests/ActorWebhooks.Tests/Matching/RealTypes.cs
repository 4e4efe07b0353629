using CsCheck;

namespace ActorWebhooks.Tests.Matching;

/// <summary>The event types of a real application, and patterns as its users would write them.</summary>
internal static class RealTypes
{
    public static readonly string[] All = Read();

    /// <summary>A name, or what is left of one when its end, its beginning or something inside gave way to stars; often an exclude.</summary>
    public static readonly Gen<string> Pattern =
        from name in Gen.OneOf(All)
        from a in Gen.Int[0, name.Length]
        from b in Gen.Int[0, name.Length]
        let start = Math.Min(a, b)
        let end = Math.Max(a, b)
        from glob in Gen.OneOf(
            name, "*", name[..end] + "*", "*" + name[start..], "*" + name[start..end] + "*", name[..start] + "*" + name[end..],
            name[..start] + "**" + name[start..end] + "*" + name[end..])
        from isExclude in Gen.Frequency((3, false), (1, true))
        select isExclude ? "!" + glob : glob;

    private static string[] Read()
    {
        using var stream = typeof(RealTypes).Assembly.GetManifestResourceStream("event-types.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
