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
    private static readonly PoolId[] Languages = [new("ase+en"), new("bfi+en")];

    /// <summary>What strikes at some turn does so within so many.</summary>
    private const int MostTurns = 60;

    private readonly Plant _plant;
    private readonly FaultyStorage _storage;
    private readonly FaultyReminders _reminders;
    private readonly Network _network;
    private readonly SteppedClock _clock;
    private readonly Dictionary<CallId, string> _dialed = [];
    private readonly List<CallId> _calls = [];
    private readonly Dictionary<UserId, CallId> _latest = [];
    private Exception? _failure;
    private StandaloneSilo _silo;
    private int _gateways;
    private (int Turns, Action Blow)? _blow;

    public World(int seed, Cut cut, Plant plant, bool keepLog)
    {
        _plant = plant;
        Fate = new Fate(seed, cut);
        var aim = Aim.Of(seed);
        var swarm = Swarm.From(Fate.World);
        Swarm = aim?.Crowd(swarm) ?? swarm;
        Aimed = new AimedRun(this, aim);
        Log = new SimulationLog(Time, keepLog);
        Log.Note($"{aim?.ToString() ?? "no aim"}; {Swarm}");
        Auditor = new Auditor(Log, Time);
        Turns = new OneThread(new SeededTurnOrder(Fate.Order));
        _clock = new SteppedClock(Time);
        _storage = new FaultyStorage(Swarm, Fate, Time)
        {
            Written = (key, json) =>
            {
                Auditor.Stored(key, json);
                Aimed.Stored(key, json);
            },
        };
        _reminders = new FaultyReminders(Swarm, Fate, Time);
        _network = new Network(Swarm, Fate, Time, Log, Aimed);
        Records = new FaultyRecords(Swarm, Fate, Time);
        Pools = [.. Languages.Take(Swarm.Pools)];
        People =
        [
            .. Enumerable.Range(1, Swarm.Callers).Select(number => new Person(
                new UserId($"caller{number}"), $"+1555010{number}", true, Pools[number % Pools.Length])),
            .. Enumerable.Range(1, Swarm.Phones).Select(number => new Person(
                new UserId($"phone{number}"), $"+1555020{number}", false, Pools[0])),
        ];
        _silo = StartSilo();
        Gateway = StartGateway();
        Parties =
        [
            .. from person in People
               from number in Enumerable.Range(1, person.IsDeaf ? Swarm.Devices : 1)
               select new PartyDevice(this, person, number),
        ];
        Interpreters =
        [
            .. from number in Enumerable.Range(1, Swarm.Interpreters)
               from console in Enumerable.Range(1, Swarm.Devices)
               select new InterpreterDevice(this, new UserId($"interpreter{number}"), console),
        ];
    }

    /// <summary>What some interpreters have, and some calls ask for.</summary>
    public static string Skill => "legal";

    /// <summary>The gender that some interpreters state and some callers wish for.</summary>
    public static string Gender => "female";

    /// <summary>The same as interpreters state it.</summary>
    public static string Wished => Qualification.Gender(Gender);

    public Fate Fate { get; }

    public Swarm Swarm { get; }

    public VirtualTime Time { get; } = new();

    public SimulationLog Log { get; }

    public Auditor Auditor { get; }

    public AimedRun Aimed { get; }

    public OneThread Turns { get; }

    public FaultyRecords Records { get; }

    public FaultyStorage Storage => _storage;

    public SimulatedGateway Gateway { get; private set; }

    public ImmutableArray<PoolId> Pools { get; }

    public ImmutableArray<Person> People { get; }

    public ImmutableArray<PartyDevice> Parties { get; }

    public ImmutableArray<InterpreterDevice> Interpreters { get; }

    public IEnumerable<Device> Devices => [.. Parties, .. Interpreters];

    public IGrainFactory Grains => _silo.Grains;

    /// <summary>Whether faults happen and people come and go.</summary>
    public bool IsStormy { get; private set; }

    public ICallGrain Call(CallId call) => Grains.GetGrain<ICallGrain>(call.Value);

    public IInterpreterGrain Interpreter(UserId user) =>
        _plant.Over(Grains.GetGrain<IInterpreterGrain>(user.Value), () => Auditor.HeldBy(user));

    public IRegistrationGrain Registration(UserId user) => Grains.GetGrain<IRegistrationGrain>(user.Value);

    public Person? PersonAt(string number) => People.FirstOrDefault(person => person.Number == number);

    /// <summary>Somebody calls: chooses whom, now and then somebody who does not exist.</summary>
    public string Place(CallId call, Person caller)
    {
        var others = People.Where(person => person.IsDeaf != caller.IsDeaf).ToArray();
        var number = Fate.People.Next(20) == 0 ? "+15559999" : others[Fate.People.Next(others.Length)].Number;
        _calls.Add(call);
        _latest[caller.User] = call;
        return _dialed[call] = number;
    }

    /// <summary>A call of late, or one that never was: what a page may still know.</summary>
    public CallId SomeCall() => _calls.Count == 0 || Fate.People.Next(8) == 0
        ? new CallId($"call-of-nobody-{Fate.People.Next(4)}")
        : _calls[^Fate.People.Next(1, Math.Min(_calls.Count, 4) + 1)];

    /// <summary>What a page of hers knows as the call she made last, on whichever device.</summary>
    public CallId LatestOf(Person person) => _latest.GetValueOrDefault(person.User, new CallId("call-of-nobody"));

    /// <summary>What an interpreter dials for a call: nearly always what its caller dialed.</summary>
    public string NumberToDial(CallId call) =>
        Fate.People.Next(20) == 0 ? "+15559999" : _dialed.GetValueOrDefault(call, "+15559999");

    /// <summary>Whether this happens now; in calm weather nothing does.</summary>
    public bool Strikes(Decision what, double likelihood = 1) =>
        IsStormy && Fate.Strikes(what, likelihood, Time.Elapsed);

    /// <summary>Whether somebody does this now, on a leg of a call.</summary>
    public bool Strikes(Decision what, DeviceLeg leg, double likelihood) => leg.Ref is { } known
        ? Strikes(what, leg.Role, known.Call, likelihood)
        : Strikes(what, likelihood);

    /// <inheritdoc cref="Strikes(Decision, DeviceLeg, double)"/>
    public bool Strikes(Decision what, LegRole role, CallId call, double likelihood) =>
        Strikes(what, Aimed.Likelihood(what, role, call, likelihood));

    /// <summary>A device with which a caller may go on with a call, any of hers that is connected, or null.</summary>
    public PartyDevice? CallersDevice(CallId call)
    {
        var caller = Auditor.CallOf(call)?.Caller?.User;
        var own = Parties.Where(party => party.User == caller && party.IsReady).ToList();
        return own.Count == 0 ? null : own[Fate.People.Next(own.Count)];
    }

    public TimeSpan Between(double leastSeconds, double mostSeconds) =>
        TimeSpan.FromSeconds(leastSeconds + (Fate.People.NextDouble() * (mostSeconds - leastSeconds)));

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
        _blow = null;
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
                Fall();
            }

            if (_failure is not null)
            {
                throw new InvalidOperationException("Work that nobody waits for has failed.", _failure);
            }
        }
        while (Time.FireNext(end));
    }

    /// <summary>Between two turns that are ready, of which one is as good as another: not only when all wait.</summary>
    public void AtSomeTurn(Action blow) => _blow = (Fate.World.Next(MostTurns), blow);

    /// <summary>Some grain loses its activation.</summary>
    public void DropSomeGrain()
    {
        var active = _silo.Silo.ActiveGrains();
        if (active.Count > 0)
        {
            var victim = active[Fate.World.Next(active.Count)];
            Log.Note($"drop {victim}");
            _silo.Silo.Drop(victim);
        }
    }

    public void DisconnectSomeone()
    {
        // Whoever is in a call has more to lose.
        var busy = Devices.Where(device => device.Legs.Count > 0).ToArray();
        var devices = busy.Length > 0 && Fate.World.Next(2) == 0 ? busy : [.. Devices];
        devices[Fate.World.Next(devices.Length)].Disconnect(orderly: true);
    }

    public void RestartGateway()
    {
        Log.Note("the gateway restarts");
        Gateway.Stop();
        Gateway = StartGateway();
    }

    /// <summary>The clock of the process is set: deadlines fall early, or late.</summary>
    public void StepClock()
    {
        _clock.Step(TimeSpan.FromSeconds(Fate.World.Next(-90, 90)));
        Log.Note($"the clock is off by {_clock.Offset}");
    }

    /// <summary>An operator looks at a call: ends it, or decides about a second interpreter for it.</summary>
    public void Operate() => Operate(SomeCall(), Fate.World.Next(4));

    /// <summary>What an operator may do about a call, by number.</summary>
    public void Operate(CallId which, int deed)
    {
        var olga = new HangUpRequest(new UserId("olga"), AccountRole.Operator);
        var relief = new ColleagueRequest(olga.User, olga.Role, ColleaguePurpose.Relief);
        var support = relief with { Purpose = ColleaguePurpose.Support };
        new Lane(Turns).Post(
            call => _ = Attempt(() => deed switch
            {
                0 => call.AskForColleague(relief),
                1 => call.DismissColleague(olga),
                3 => call.AskForColleague(support),
                _ => call.HangUp(olga),
            }),
            Call(which));
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

    private void Fall()
    {
        if (_blow is { Turns: 0 } due)
        {
            _blow = null;
            due.Blow();
        }
        else if (_blow is { } coming)
        {
            _blow = (coming.Turns - 1, coming.Blow);
        }
    }

    private async Task Attempt(Func<Task> deed)
    {
        try
        {
            await deed();
        }
        catch (Exception fault)
        {
            Log.Note($"the operator got no answer: {fault.GetType().Name}");
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
                .AddSingleton<TimeProvider>(_clock)
                .AddSingleton<ITurnOrder>(Turns)
                .AddSingleton<IMessageTransit>(_network)
                .AddSingleton(_plant.Over(_storage))
                .AddSingleton<IReminderStorage>(_reminders)
                .AddSingleton(_plant.Over(Records))
                .AddLogging(log => log.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Debug))
                .AddVrsGrains(
                    new ConfigurationBuilder()
                        .AddInMemoryCollection(Swarm.Settings)
                        .AddInMemoryCollection(Aimed.Settings)
                        .AddInMemoryCollection(_plant.Settings)
                        .Build()),
            typeof(CallGrain).Assembly);
        new Lane(Turns).Post(started => _ = Watch(started.Silo.Start()), silo);
        return silo;
    }
}
