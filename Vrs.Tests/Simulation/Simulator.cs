using System.Collections.Immutable;
using Vrs.Grains.Interfaces.Accounts;

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

    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(15);

    /// <summary>Runs a seed.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="keepLog">Whether the log is to be read.</param>
    public static Verdict Run(int seed, bool keepLog = false)
    {
        var world = new World(seed, keepLog);
        try
        {
            SignIn(world);
            Storm(world);
            Calm(world);
        }
        catch (Exception fault)
        {
            world.Auditor.Faults.Add($"something was thrown: {fault}");
        }

        world.Log.Note($"unseed {world.Random.Next()}");
        return new Verdict(
            seed,
            [.. world.Auditor.Faults],
            world.Log.Hash,
            world.Log.Lines,
            world.Log.Cells,
            world.Auditor.EndedCalls,
            world.Auditor.RelayedCalls);
    }

    private static void SignIn(World world)
    {
        foreach (var device in world.Devices)
        {
            var account = new Account(
                device.User,
                device switch
                {
                    CallerDevice => AccountRole.Caller,
                    PhoneDevice => AccountRole.Phone,
                    _ => AccountRole.Interpreter,
                },
                device.User.Value,
                null,
                "",
                [World.Pool],
                [],
                device is InterpreterDevice ? "7001" : null);
            device.Start(() => world.Grains.GetGrain<IAccountGrain>(device.User.Value).Put(account));
        }

        world.Run(SigningIn);
        foreach (var phone in world.Phones)
        {
            phone.Start(phone.Connect);
        }

        foreach (var interpreter in world.Interpreters)
        {
            interpreter.OpenPage();
            interpreter.Start(interpreter.Live);
        }

        world.Run(SigningIn);
    }

    private static void Storm(World world)
    {
        world.Weather(stormy: true);
        foreach (var caller in world.Callers)
        {
            caller.Start(caller.Live);
        }

        Repeat(world, world.Swarm.DropEvery, world.DropSomeGrain);
        Repeat(world, world.Swarm.DisconnectEvery, world.DisconnectSomeone);
        Repeat(world, world.Swarm.GatewayRestartEvery, world.RestartGateway);
        Repeat(world, world.Swarm.CrashEvery, world.Crash);
        world.Run(world.Swarm.Storm);
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
        }

        world.Run(Glance);
        world.Auditor.CheckAtRest(world.Records, world.Devices);
    }

    private static void Repeat(World world, TimeSpan? every, Action fault)
    {
        if (every is { } period)
        {
            world.Time.After(period * (0.5 + world.Random.NextDouble()), () =>
            {
                if (world.IsStormy)
                {
                    fault();
                    Repeat(world, every, fault);
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
/// <param name="Ended">How many calls came to their end.</param>
/// <param name="Relayed">How many calls got as far as three people talking.</param>
internal sealed record Verdict(
    int Seed,
    ImmutableArray<string> Faults,
    string Hash,
    IReadOnlyList<string> Log,
    IReadOnlySet<(string Event, string From)> Cells,
    int Ended,
    int Relayed);
