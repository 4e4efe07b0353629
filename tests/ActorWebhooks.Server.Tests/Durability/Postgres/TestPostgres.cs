using System.Diagnostics;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Durability.Postgres;

/// <summary>The PostgreSQL server that the tests may use and crash; <c>.ci/with-postgres</c> starts one.</summary>
internal static class TestPostgres
{
    public const string Variable = "ACTORWEBHOOKS_TEST_POSTGRES";

    private const string ControlVariable = "ACTORWEBHOOKS_TEST_POSTGRES_CONTROL";

    /// <summary>Of its superuser; null when there is none.</summary>
    public static string? ConnectionString => Environment.GetEnvironmentVariable(Variable);

    /// <summary>At once, without a word to anybody.</summary>
    public static Task StopAsync() => ControlAsync("stop");

    public static Task StartAsync() => ControlAsync("start");

    /// <summary>Its processes stand still, and its sockets stay open.</summary>
    public static Task HangAsync() => ControlAsync("hang");

    public static Task ContinueAsync() => ControlAsync("continue");

    private static async Task ControlAsync(string verb)
    {
        using var control = Process.Start(Environment.GetEnvironmentVariable(ControlVariable)!, verb);
        await control.WaitForExitAsync().Patiently();
        Assert.Equal(0, control.ExitCode);
    }
}
