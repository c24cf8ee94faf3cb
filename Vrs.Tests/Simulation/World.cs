using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Vrs.Grains;
using Vrs.Grains.Calls;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Gateways;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Grains.Interfaces.Registrations;
using Vrs.Grains.Records;
using Vrs.Silo.Embedded;
using Vrs.Silo.Embedded.Runtime;
using Vrs.Silo.Storage;
using Vrs.Tests.Support;

namespace Vrs.Tests.Simulation;

/// <summary>
/// The production grains in one thread and in virtual time, with everybody who uses them. All chance comes from the
/// seed.
/// </summary>
internal sealed class World
{
    private readonly FaultyStorage _storage;
    private readonly FaultyReminders _reminders;
    private readonly Network _network;
    private Exception? _failure;
    private StandaloneSilo _silo;
    private int _gateways;

    public World(int seed, bool keepLog)
    {
        Random = new Random(seed);
        Swarm = Swarm.From(Random);
        Log = new SimulationLog(Time, keepLog);
        Log.Note(Swarm.ToString());
        Auditor = new Auditor(Log);
        Turns = new SeededTurnOrder(Random);
        _storage = new FaultyStorage(Swarm, Random, Time) { Written = Auditor.Stored };
        _reminders = new FaultyReminders(Swarm, Random);
        _network = new Network(Swarm, Random, Time, Log);
        Records = new FaultyRecords(Swarm, Random);
        PhoneNumbers = [.. Enumerable.Range(0, Swarm.Phones).Select(number => $"+1555020{number}")];
        _silo = StartSilo();
        Gateway = StartGateway();
        Phones = [.. PhoneNumbers.Select(number => new PhoneDevice(this, PhoneOf(number)))];
        Callers = Make("caller", Swarm.Callers, user => new CallerDevice(this, user));
        Interpreters = Make("interpreter", Swarm.Interpreters, user => new InterpreterDevice(this, user));
    }

    public static PoolId Pool { get; } = new("ase+en");

    public Random Random { get; }

    public Swarm Swarm { get; }

    public VirtualTime Time { get; } = new();

    public SimulationLog Log { get; }

    public Auditor Auditor { get; }

    public SeededTurnOrder Turns { get; }

    public FaultyRecords Records { get; }

    public FaultyStorage Storage => _storage;

    public SimulatedGateway Gateway { get; private set; }

    public ImmutableArray<CallerDevice> Callers { get; }

    public ImmutableArray<InterpreterDevice> Interpreters { get; }

    public ImmutableArray<PhoneDevice> Phones { get; }

    public IEnumerable<Device> Devices => [.. Callers, .. Interpreters, .. Phones];

    public ImmutableArray<string> PhoneNumbers { get; }

    public IGrainFactory Grains => _silo.Grains;

    /// <summary>Whether faults happen and people come and go.</summary>
    public bool IsStormy { get; private set; }

    public ICallGrain Call(CallId call) => Grains.GetGrain<ICallGrain>(call.Value);

    public IInterpreterGrain Interpreter(UserId user) => Grains.GetGrain<IInterpreterGrain>(user.Value);

    public IRegistrationGrain Registration(UserId user) => Grains.GetGrain<IRegistrationGrain>(user.Value);

    public UserId PhoneOf(string number) => new($"phone{number[^1]}");

    public TimeSpan Between(double leastSeconds, double mostSeconds) =>
        TimeSpan.FromSeconds(leastSeconds + (Random.NextDouble() * (mostSeconds - leastSeconds)));

    /// <summary>Nobody waits for this work, but its failure is a fault of the simulation.</summary>
    public async Task Watch(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception fault)
        {
            _failure ??= fault;
        }
    }

    public void Weather(bool stormy)
    {
        IsStormy = stormy;
        _network.Faulty = _storage.Faulty = _reminders.Faulty = Records.Faulty = stormy;
    }

    /// <summary>Runs everything until that much time has passed.</summary>
    public void Run(TimeSpan span)
    {
        var end = (Time.Elapsed + span).Ticks;
        do
        {
            while (Turns.RunTurn())
            {
            }

            if (_failure is not null)
            {
                throw new InvalidOperationException("Work that nobody waits for has failed.", _failure);
            }
        }
        while (Time.FireNext(end));
    }

    /// <summary>Some grain loses its activation.</summary>
    public void DropSomeGrain()
    {
        var active = _silo.Silo.ActiveGrains();
        if (active.Count > 0)
        {
            var victim = active[Random.Next(active.Count)];
            Log.Note($"drop {victim}");
            _silo.Silo.Drop(victim);
        }
    }

    public void DisconnectSomeone()
    {
        var devices = Devices.ToArray();
        devices[Random.Next(devices.Length)].Disconnect(orderly: true);
    }

    public void RestartGateway()
    {
        Log.Note("the gateway restarts");
        Gateway.Stop();
        Gateway = StartGateway();
    }

    /// <summary>The process is killed and started again: grains, gateway and all connections.</summary>
    public void Crash()
    {
        Log.Note("the process crashes");
        _silo.Silo.Kill();
        var old = Gateway;
        _silo = StartSilo();
        Gateway = StartGateway();
        old.Stop();
        foreach (var interpreter in Interpreters)
        {
            interpreter.OpenPage();
        }
    }

    private SimulatedGateway StartGateway()
    {
        var gateway = new SimulatedGateway(this, new GatewayId($"gateway{++_gateways}"));
        gateway.Start();
        return gateway;
    }

    private StandaloneSilo StartSilo()
    {
        var silo = StandaloneSilo.Create(
            services => services
                .AddSingleton<TimeProvider>(Time)
                .AddSingleton<ITurnOrder>(Turns)
                .AddSingleton<IMessageTransit>(_network)
                .AddSingleton<IStateStorage>(_storage)
                .AddSingleton<IReminderStorage>(_reminders)
                .AddSingleton<ICallRecords>(Records)
                .AddLogging(log => log.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Debug))
                .AddVrsGrains(new ConfigurationBuilder().Build()),
            typeof(CallGrain).Assembly);
        new Lane(Turns).Post(started => _ = Watch(started.Silo.Start()), silo);
        return silo;
    }

    private ImmutableArray<TDevice> Make<TDevice>(string name, int count, Func<UserId, TDevice> make) =>
        [.. Enumerable.Range(1, count).Select(number => make(new UserId($"{name}{number}")))];
}
