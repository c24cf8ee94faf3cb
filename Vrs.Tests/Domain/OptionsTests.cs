using Microsoft.Extensions.Options;
using Vrs.Grains.Calls;
using Vrs.Grains.Interpreters;
using Vrs.Grains.Queues;

namespace Vrs.Tests.Domain;

/// <summary>Options of the grains: defaults are valid, and all faults are told at once.</summary>
public sealed class OptionsTests
{
    private static readonly IOptions<CallOptions> Calls = Options.Create(new CallOptions());

    [Fact]
    public void Defaults_are_valid()
    {
        Assert.True(new CallOptionsValidator().Validate(null, new CallOptions()).Succeeded);
        Assert.True(new QueueOptionsValidator(Calls).Validate(null, new QueueOptions()).Succeeded);
        Assert.True(new InterpreterOptionsValidator(Calls).Validate(null, new InterpreterOptions()).Succeeded);
    }

    [Fact]
    public void All_faults_of_calls_are_told_at_once()
    {
        var result = new CallOptionsValidator().Validate(null, new CallOptions
        {
            OfferTimeout = TimeSpan.FromMinutes(2),
            RingTimeout = TimeSpan.Zero,
            HandlingLocation = " ",
        });

        Assert.Equal(3, result.Failures!.Count());
        Assert.Contains(
            "Calls:RingTimeout: found '00:00:00'; must be from 00:00:10 to 00:10:00. Leave it out for the default.",
            result.Failures!);
    }

    [Fact]
    public void All_faults_of_queues_are_told_at_once() => Assert.Equal(
        4,
        new QueueOptionsValidator(Calls).Validate(null, new QueueOptions
        {
            MaxWaiting = 0,
            ReofferPause = TimeSpan.FromSeconds(-1),
            PositionInterval = TimeSpan.Zero,
            LongestHold = TimeSpan.FromSeconds(60),
        }).Failures!.Count());

    [Fact]
    public void Faults_of_pools_are_told_with_the_entry()
    {
        var options = new QueueOptions { RedialWithin = TimeSpan.FromHours(1) };
        options.Pools.Add(new PoolOptions { Pool = "ase+en", Hours = "Mon 8-20", OverflowAfter = TimeSpan.Zero });
        options.Pools.Add(new PoolOptions { Pool = "ase+en", Overflow = "ase+fr" });

        var faults = new QueueOptionsValidator(Calls).Validate(null, options).Failures!.ToList();

        Assert.Equal(6, faults.Count);
        Assert.Contains(
            "Queues:Pools:1:Overflow: found 'ase+fr'; must be another pool that is in Queues:Pools. "
            + "Leave it out, or give that pool an entry.",
            faults);
    }

    [Fact]
    public void A_hold_must_outlast_an_offer() => Assert.Contains(
        "Calls:OfferTimeout",
        Assert.Single(new InterpreterOptionsValidator(Calls).Validate(null, new InterpreterOptions
        {
            HoldTimeout = TimeSpan.FromSeconds(15),
        }).Failures!));
}
