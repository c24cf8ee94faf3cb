using System.Collections.Immutable;
using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Tests.Simulation;

/// <summary>
/// One run: people sign in; a storm of calls and faults; then the faults stop, and within bounded time every call must
/// end and every interpreter be free.
/// </summary>
internal static class Simulator
{
    private static readonly TimeSpan SigningIn = TimeSpan.FromSeconds(5);

    /// <summary>How long the world may take to come to rest after the storm.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Until every device has asked once more whether its leg still lives.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(100);

    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(15);

    /// <summary>Runs a seed.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="cut">What happens not, though the seed says so.</param>
    /// <param name="plant">A fault that is put in; null for the production code as it is.</param>
    /// <param name="keepLog">Whether the log is to be read.</param>
    public static Verdict Run(int seed, Cut? cut = null, Plant? plant = null, bool keepLog = false)
    {
        cut ??= Cut.None;
        var world = new World(seed, cut, plant ?? Plant.None, keepLog);
        try
        {
            SignIn(world);
            Storm(world, cut.Storm is { } most && most < world.Swarm.Storm ? most : world.Swarm.Storm);
            Calm(world);
        }
        catch (Exception fault)
        {
            world.Auditor.Faults.Add($"something was thrown: {fault}");
        }

        if (world.Turns.IsBroken)
        {
            world.Auditor.Faults.Add("another thread had a hand in it: the seed does not decide everything");
        }

        world.Log.Note($"unseed {world.Fate.Unseed}");
        return new Verdict(
            seed,
            [.. world.Auditor.Faults],
            world.Log.Hash,
            world.Log.Lines,
            world.Log.Cells,
            world.Fate.Taken,
            world.Time.Elapsed,
            world.Auditor.EndedCalls,
            world.Auditor.RelayedCalls);
    }

    private static void SignIn(World world)
    {
        foreach (var device in world.Parties)
        {
            Put(world, device, [device.Person.Pool], [], null);
        }

        foreach (var device in world.Interpreters)
        {
            // Each serves one pool or all; some have the skill that calls ask for, some the gender.
            var number = device.User.Value[^1] - '0';
            Put(
                world,
                device,
                number % 3 == 0 ? [world.Pools[^1]] : world.Pools,
                number switch { 1 => [World.Wished], 2 => [World.Wished, World.Skill], _ => [World.Skill] },
                $"{7000 + number}");
        }

        world.Run(SigningIn);
        foreach (var interpreter in world.Interpreters)
        {
            interpreter.OpenPage();
            interpreter.Start(interpreter.Live);
        }

        world.Run(SigningIn);
    }

    private static void Put(
        World world, Device device, ImmutableArray<PoolId> pools, ImmutableArray<string> skills, string? caId)
    {
        var account = new Account(device.User, device.Role, device.User.Value, null, "", pools, skills, caId);
        device.Start(() => world.Grains.GetGrain<IAccountGrain>(device.User.Value).Put(account));
    }

    private static void Storm(World world, TimeSpan storm)
    {
        world.Weather(stormy: true);
        foreach (var party in world.Parties)
        {
            party.Start(party.Live);
        }

        Repeat(world, Decision.DropActivation, world.Swarm.DropEvery, () => world.AtSomeTurn(world.DropSomeGrain));
        Repeat(world, Decision.LoseConnection, world.Swarm.DisconnectEvery, world.DisconnectSomeone);
        Repeat(world, Decision.RestartGateway, world.Swarm.GatewayRestartEvery, world.RestartGateway);
        Repeat(world, Decision.Crash, world.Swarm.CrashEvery, () => world.AtSomeTurn(world.Crash));
        Repeat(world, Decision.StepClock, world.Swarm.ClockStepEvery, world.StepClock);
        Repeat(world, Decision.Operate, world.Swarm.OperatorEvery, world.Operate);
        for (var left = storm; left > TimeSpan.Zero; left -= Glance)
        {
            world.Run(left < Glance ? left : Glance);
            world.Auditor.Look();
        }

        world.Weather(stormy: false);
        world.Log.Note("the storm is over");
    }

    private static void Calm(World world)
    {
        var end = world.Time.Elapsed + Patience;
        while (world.Auditor.Unfinished(world.Storage) is { Count: > 0 } unfinished)
        {
            if (world.Time.Elapsed >= end)
            {
                world.Auditor.Faults.AddRange(unfinished.Select(what => $"{Patience} after the storm {what}"));
                return;
            }

            world.Run(Glance);
            world.Auditor.Look();
        }

        world.Run(Afterwards);
        world.Auditor.CheckAtRest(world.Records, world.Devices);
    }

    private static void Repeat(World world, Decision what, TimeSpan? every, Action fault)
    {
        if (every is { } period)
        {
            world.Time.After(period * (0.5 + world.Fate.World.NextDouble()), () =>
            {
                if (world.IsStormy)
                {
                    if (world.Strikes(what))
                    {
                        fault();
                    }

                    Repeat(world, what, every, fault);
                }
            });
        }
    }
}

/// <summary>What a run showed.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Faults">Promises that were broken; empty when all is well.</param>
/// <param name="Hash">The hash of its log: the same seed has the same.</param>
/// <param name="Log">Its log, when it was kept.</param>
/// <param name="Cells">The cells of the machines' tables that it visited.</param>
/// <param name="Taken">The decisions that chance took.</param>
/// <param name="Lasted">How much time passed in it.</param>
/// <param name="Ended">How many calls came to their end.</param>
/// <param name="Relayed">How many calls got as far as three people talking.</param>
internal sealed record Verdict(
    int Seed,
    ImmutableArray<string> Faults,
    string Hash,
    IReadOnlyList<string> Log,
    IReadOnlySet<Cell> Cells,
    IReadOnlyList<(TimeSpan At, Choice Choice)> Taken,
    TimeSpan Lasted,
    int Ended,
    int Relayed);
