using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Vrs.Grains;
using Vrs.Grains.Audit;
using Vrs.Grains.Domain.Records;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Consoles;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Grains.Interfaces.Registrations;
using Vrs.Grains.Records;
using Vrs.Silo.Storage;
using Vrs.Tests.Support;

namespace Vrs.Tests.Domain.Grains;

/// <summary>
/// The production grains with a clock that moves when told and a gateway that is a double. It can crash and start again
/// over the same storage. What it runs on is in the other half of the class.
/// </summary>
internal sealed partial class GrainWorld : IDisposable
{
    public static readonly PoolId Pool = new("ase+en");

    private readonly FailingStorage _storage;
    private readonly IReminderStorage _reminders;
    private readonly Dictionary<string, uint> _registers = [];
    private readonly Dictionary<string, FlowId> _flows = [];
    private readonly Action<FlowId, LegCommand>? _react;
    private readonly IConfiguration _configuration;
    private int _lastFlow;
    private int _runs;

    /// <param name="seed">Chooses the order of turns.</param>
    /// <param name="react">What devices do when they are sent a command; by default they take every leg.</param>
    /// <param name="settings">The configuration; by default everything is as usual.</param>
    /// <param name="database">Where grains and reminders are stored; null for in memory.</param>
    public GrainWorld(
        int seed = 1,
        Action<FlowId, LegCommand>? react = null,
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        (IStateStorage States, IReminderStorage Reminders)? database = null)
    {
        Seed = seed;
        var (states, reminders) = database ?? (new MemoryStorage(), new MemoryReminderStorage());
        (_storage, _reminders) = (new FailingStorage(states), reminders);
        Clock = new SteppedClock(Time);
        _react = react;
        _configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        Start();
        Account("dana", AccountRole.Caller, "+15550101");
        Account("deniz", AccountRole.Caller, "+15550102");
        Account("hana", AccountRole.Phone, "+15550201");
        Account("hugo", AccountRole.Phone, "+15550202");
        Account("ines", AccountRole.Interpreter, null, "7001");
        Account("ivan", AccountRole.Interpreter, null, "7002");
    }

    public int Seed { get; }

    public VirtualTime Time { get; } = new();

    /// <summary>What the grains take for the time.</summary>
    public SteppedClock Clock { get; }

    public MemoryCallRecords Records { get; } = new();

    public RecentDecisions Decisions { get; } = new();

    /// <summary>The audit trail, which outlives a crash.</summary>
    public RecentAudit Trail { get; } = new();

    public GatewayDouble Gateway { get; private set; } = null!;

    public FailingStorage Storage => _storage;

    /// <summary>INVITEs that were answered, also to gateways that are gone.</summary>
    public HashSet<LegRef> Answered { get; } = [];

    public ICallGrain Call(string id = "call1") => Grains.GetGrain<ICallGrain>(id);

    public IInterpreterGrain Interpreter(string id) => Grains.GetGrain<IInterpreterGrain>(id);

    public CallView View(string id = "call1") => Ask(Call(id).GetView())!;

    public InterpreterView ViewOf(string id) => Ask(Interpreter(id).GetView())!;

    /// <summary>Everything in memory is lost; a new silo and a new gateway start over the same storage.</summary>
    public void Crash()
    {
        Gateway.Die();
        Kill();
        Start();
    }

    /// <summary>Lets time pass; everything due meanwhile happens.</summary>
    public void Pass(TimeSpan time)
    {
        var end = Time.GetTimestamp() + time.Ticks;
        do
        {
            Settle();
        }
        while (Time.FireNext(end));
        Settle();
        Time.Advance(new TimeSpan(end - Time.GetTimestamp()));
        Settle();
    }

    /// <summary>A device registers; a second device is named as its user with a 2.</summary>
    public void Register(string name)
    {
        var user = name.TrimEnd('2');
        _flows[name] = new FlowId($"{name}-flow{++_lastFlow}");
        var cseq = _registers[name] = _registers.GetValueOrDefault(name) + 1;
        Assert.Null(Ask(Grains.GetGrain<IRegistrationGrain>(user).Register(new RegisterDevice(
            Device(name),
            _flows[name],
            Gateway.Id,
            $"sip:{name}@x.invalid",
            name == user ? "192.0.2.1" : "192.0.2.2",
            0,
            $"register-{name}",
            cseq,
            3600))).Refusal);
    }

    public void LoseFlow(string name) =>
        Tell(Grains.GetGrain<IRegistrationGrain>(name.TrimEnd('2')).FlowLost(Device(name), _flows[name]));

    /// <summary>The device to which this flow leads.</summary>
    public string DeviceAt(FlowId flow) => _flows.First(known => known.Value == flow).Key;

    /// <summary>The number of the offer that this interpreter's console shows.</summary>
    public long OfferOn(string interpreter) =>
        Assert.Single(ShownOn(interpreter).OfType<OfferMade>()).Offer.Offer;

    /// <summary>What a page of this user shows when it is opened now.</summary>
    public ImmutableArray<ConsoleMessage> ShownOn(string user)
    {
        var page = Grains.CreateObjectReference<IConsoleObserver>(new PageDouble());
        return Ask(Grains.GetGrain<IConsoleGrain>(user).Subscribe(page));
    }

    public void ComeToWork(string interpreter)
    {
        Register(interpreter);
        Assert.Null(Ask(Interpreter(interpreter).SignIn(null)));
        Assert.Null(Ask(Interpreter(interpreter).GoAvailable()));
    }

    public LegAdmission Dial(string id = "call1", string caller = "dana") => Ask(Call(id).Start(StartCall(id, caller)));

    public static StartCall StartCall(string id, string caller) => new(
        new SessionId("5e55105e55105e55105e55105e551051"),
        CallDirection.DeafToHearing,
        PartyOf(caller, "+15550101"),
        "+15550201",
        Pool,
        PriorityClass.Standard,
        [],
        "https://vrs.local/",
        Dialog(id, "caller"),
        new SdpText("v=0 caller"));

    public static Party PartyOf(string user, string? number = null) =>
        new(new UserId(user), Device(user), user, number, "192.0.2.1");

    public static DialogState Dialog(string call, string leg) => new(
        $"sip-{call}-{leg}", $"{call}-{leg}", $"{leg}-tag", "sip:us@vrs.local", "sip:them@vrs.local",
        "sip:x.invalid", [], 0, 1);

    public static DeviceId Device(string user) => new($"{user}-device");

    public void Dispose() => Kill();

    private void Start()
    {
        _runs++;
        StartEngine();
        Gateway = new GatewayDouble($"gateway-{_runs}", this, _react);
    }

    private void AddServices(IServiceCollection services) => services
        .AddSingleton<ICallRecords>(Records)
        .AddSingleton<IAllocationDecisions>(Decisions)
        .AddSingleton<IAuditTrail>(Trail)
        .AddVrsGrains(_configuration);

    /// <summary>Changes an account, which those who read it later see.</summary>
    public void Change(string user, Func<Account, Account> change)
    {
        var grain = Grains.GetGrain<IAccountGrain>(user);
        Tell(grain.Put(change(Ask(grain.Get())!)));
    }

    private void Account(string user, AccountRole role, string? number, string? caId = null) =>
        Tell(Grains.GetGrain<IAccountGrain>(user).Put(
            new Account(new UserId(user), role, user, number, "hash", [Pool], [], caId)));
}

/// <summary>A page that shows nothing.</summary>
internal sealed class PageDouble : IConsoleObserver
{
    /// <summary>How many messages the page was sent after it subscribed.</summary>
    public int Messages { get; private set; }

    public Task OnMessage(ConsoleMessage message)
    {
        Messages++;
        return Task.CompletedTask;
    }
}

/// <summary>Records in memory, as the store keeps them: one for each call.</summary>
internal sealed class MemoryCallRecords : ICallRecords
{
    private readonly List<CallRecord> _records = [];

    public IReadOnlyList<CallRecord> All => _records;

    public Task Append(CallRecord record, CancellationToken cancellationToken)
    {
        if (_records.All(known => known.Call != record.Call))
        {
            _records.Add(record);
        }

        return Task.CompletedTask;
    }

    public Task<ImmutableArray<CallRecord>> Recent(int count, CancellationToken cancellationToken) =>
        Task.FromResult(_records.AsEnumerable().Reverse().Take(count).ToImmutableArray());
}
