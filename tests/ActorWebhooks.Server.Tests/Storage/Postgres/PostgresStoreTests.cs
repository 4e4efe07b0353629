using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Storage.Postgres;

namespace ActorWebhooks.Server.Tests.Storage.Postgres;

public sealed class PostgresStoreTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Database=x;Username=y")]
    [InlineData("Host=x;Port=hidden")]
    [InlineData("Host=x;Password=a;hidden=b")]
    [InlineData("Host=x;Password=a;hidden")]
    [InlineData("postgres://user:hidden@host/db")]
    public void What_is_not_a_connection_string_is_refused_without_being_quoted(string connectionString)
    {
        var refusal = Assert.Throws<RefusedException>(() => PostgresStore.Parse(connectionString));

        Assert.StartsWith("--postgres is not a connection string. Accepted is ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_place_names_the_database_and_no_secret()
    {
        using var store = PostgresStore.Parse("Host=db.example.org;Username=me;Password=hidden");

        Assert.Equal("in PostgreSQL: database me at db.example.org:5432", store.Place);
    }

    [Fact]
    public async Task Server_that_does_not_answer_is_a_fault_and_no_exception()
    {
        using var store = PostgresStore.Parse("Host=127.0.0.1;Port=1;Username=me;Password=hidden");
        store.Open();

        var fault = await store.FaultAsync(CancellationToken.None);

        Assert.NotNull(fault);
        Assert.DoesNotContain("hidden", fault, StringComparison.Ordinal);
    }
}
