using ActorWebhooks.Server.Storage.Postgres;

namespace ActorWebhooks.Server.Tests.Storage.Postgres;

public sealed class AutovacuumSettingsTests
{
    [Fact]
    public void Table_without_settings_gets_all_of_them()
    {
        Assert.Equal(
            "autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_limit = 1000, "
            + "toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 5000, toast.autovacuum_vacuum_cost_limit = 1000",
            AutovacuumSettings.Missing([], []));
    }

    [Fact]
    public void What_somebody_has_set_stays()
    {
        Assert.Equal(
            "autovacuum_vacuum_threshold = 1000, toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 5000",
            AutovacuumSettings.Missing(
                ["fillfactor=90", "autovacuum_vacuum_scale_factor=0.5", "autovacuum_vacuum_cost_limit=50"], ["autovacuum_vacuum_cost_limit=50"]));
    }

    [Fact]
    public void Table_that_has_all_of_them_gets_none()
    {
        var all = new[] { "autovacuum_vacuum_scale_factor=0", "autovacuum_vacuum_threshold=1", "autovacuum_vacuum_cost_limit=1" };

        Assert.Null(AutovacuumSettings.Missing(all, all));
    }
}
