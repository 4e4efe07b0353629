using System.Text.Json;

namespace ActorWebhooks.Server.Api.Status;

/// <summary>The words of the code as the API spells them.</summary>
internal static class Words
{
    public static string Kebab<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
