using Microsoft.Extensions.Options;
using Vrs.Grains.Domain.Queues;

namespace Vrs.Grains.Queues;

/// <summary>The section <c>Queues</c> of the configuration.</summary>
public sealed class QueueOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Queues";

    /// <summary>The longest line that may be configured.</summary>
    internal const int MostWaiting = 1_000_000;

    /// <summary>How many calls may stand in one line; emergencies and recoveries are exempt.</summary>
    public int MaxWaiting { get; set; } = QueueLimits.Default.MaxWaiting;

    /// <summary>How long an interpreter is not asked again for a call she let pass.</summary>
    public TimeSpan ReofferPause { get; set; } = QueueLimits.Default.ReofferPause;

    /// <summary>How long a place is held at most; longer than a call holds it (<c>Calls:HoldPlace</c>).</summary>
    public TimeSpan LongestHold { get; set; } = QueueLimits.Default.LongestHold;

    /// <summary>How often callers are told a changed place in line.</summary>
    public TimeSpan PositionInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a caller who gave up may take her old place by calling again.</summary>
    public TimeSpan RedialWithin { get; set; } = QueueLimits.Default.RedialWithin;

    /// <summary>Pools with hours, or with another pool behind them.</summary>
    public IList<PoolOptions> Pools { get; } = [];

    /// <summary>The bounds of a pool's line.</summary>
    /// <param name="pool">Which.</param>
    public QueueLimits LimitsOf(PoolId pool) =>
        new(Find(pool.Value)?.MaxWaiting ?? MaxWaiting, ReofferPause, LongestHold, RedialWithin);

    /// <summary>How a pool serves.</summary>
    /// <param name="pool">Which.</param>
    public PoolService ServiceOf(PoolId pool)
    {
        if (Find(pool.Value) is not { } own)
        {
            return PoolService.Alone;
        }

        var other = own.Overflow is { } name ? Find(name) : null;
        return new PoolService(
            own.Open(),
            other is null ? null : PoolId.From(other.Pool),
            own.OverflowAfter,
            other?.Open() ?? OpeningHours.Always,
            own.OverflowInCallAfter);
    }

    private PoolOptions? Find(string pool) => Pools.FirstOrDefault(one => one.Pool == pool);
}

/// <summary>Finds everything that is wrong with <see cref="QueueOptions"/>.</summary>
/// <param name="calls">A call gives up holding before its queue does.</param>
public sealed class QueueOptionsValidator(IOptions<Calls.CallOptions> calls) : IValidateOptions<QueueOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, QueueOptions options)
    {
        var faults = new OptionFaults(QueueOptions.Section);
        faults.Require(
            options.MaxWaiting is >= 1 and <= QueueOptions.MostWaiting,
            nameof(options.MaxWaiting),
            options.MaxWaiting,
            $"must be from 1 to {QueueOptions.MostWaiting}",
            "Leave it out for 10000.");
        faults.Require(
            options.ReofferPause >= TimeSpan.Zero && options.ReofferPause <= TimeSpan.FromMinutes(10),
            nameof(options.ReofferPause),
            options.ReofferPause,
            "must be from 00:00:00 to 00:10:00",
            "Leave it out for 00:00:30.");
        faults.Require(
            options.LongestHold > calls.Value.HoldPlace && options.LongestHold <= TimeSpan.FromHours(24),
            nameof(options.LongestHold),
            options.LongestHold,
            $"must be longer than Calls:HoldPlace ({calls.Value.HoldPlace}) and at most 1.00:00:00",
            "Leave it out for 00:15:00.");
        faults.Require(
            options.PositionInterval >= TimeSpan.FromMilliseconds(100)
                && options.PositionInterval <= TimeSpan.FromMinutes(1),
            nameof(options.PositionInterval),
            options.PositionInterval,
            "must be from 00:00:00.1 to 00:01:00",
            "Leave it out for 00:00:02.");
        faults.Require(
            options.RedialWithin >= TimeSpan.Zero && options.RedialWithin <= TimeSpan.FromMinutes(10),
            nameof(options.RedialWithin),
            options.RedialWithin,
            "must be from 00:00:00 to 00:10:00",
            "Leave it out for 00:01:00.");
        for (var i = 0; i < options.Pools.Count; i++)
        {
            options.Pools[i].Check(faults, $"{nameof(options.Pools)}:{i}", options.Pools);
        }

        return faults.All.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.All);
    }
}
