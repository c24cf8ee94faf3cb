using Microsoft.Extensions.Logging.Abstractions;
using Vrs.Silo.Hosting;
using Vrs.Silo.Storage;
using Vrs.Tests.Domain.Telemetry;
using Vrs.Tests.Engine.Storage;

namespace Vrs.Tests.Host;

/// <summary>A clock that was set, or that is not the database server's, is noticed.</summary>
public sealed class ClockWatchTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_clock_that_is_set_is_noticed_and_one_that_runs_is_not()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);
        var clock = new SettableClock();
        using var watch = new ClockWatch(database.Database, clock, NullLogger<ClockWatch>.Instance);
        using var measured = new Measurements(StorageInstruments.MeterName);
        Assert.Equal(TimeSpan.Zero, watch.LookForStep());

        clock.Run(Moment);
        Assert.Equal(TimeSpan.Zero, watch.LookForStep());
        clock.Run(Moment);
        clock.Set(TimeSpan.FromMinutes(-3));
        Assert.Equal(0, measured.Sum("vrs.clock.steps"));
        Assert.Equal(TimeSpan.FromMinutes(-3), watch.LookForStep());
        clock.Run(Moment);
        Assert.Equal(TimeSpan.Zero, watch.LookForStep());
        Assert.Equal(1, measured.Sum("vrs.clock.steps"));
        Assert.Equal(TimeSpan.Zero, await watch.LookForSkew());
    }

    [PostgreSqlFact]
    public async Task A_clock_that_is_not_the_database_servers_is_measured()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.PostgreSql);
        var clock = new SettableClock();
        using var watch = new ClockWatch(database.Database, clock, NullLogger<ClockWatch>.Instance);
        clock.Set(DateTimeOffset.UtcNow.AddSeconds(90) - clock.GetUtcNow());

        Assert.InRange((await watch.LookForSkew()).TotalSeconds, 60, 91);
    }

    private sealed class SettableClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        private long _run;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _run;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Run(TimeSpan by)
        {
            _run += by.Ticks;
            _now += by;
        }

        public void Set(TimeSpan by) => _now += by;
    }
}
