using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Vrs.Gateway.Legs;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Directory;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Tests.Gateway.Legs;

/// <summary>Doubles of the grains that legs talk to: they note what they are told and answer as a test says.</summary>
internal sealed class FakeGrains(TimeProvider time) : ILegGrains
{
    private readonly ConcurrentDictionary<CallId, FakeCall> _calls = new();
    private readonly ConcurrentDictionary<UserId, FakeRegistration> _registrations = new();

    public Dictionary<string, Account> Accounts { get; } = new()
    {
        ["dana"] = Person("dana", AccountRole.Caller, "+15550101"),
        ["ines"] = Person("ines", AccountRole.Interpreter, null),
        ["hana"] = Person("hana", AccountRole.Phone, "+15550201"),
        ["olga"] = Person("olga", AccountRole.Operator, null),
    };

    /// <summary>The calls that were asked for, newest last.</summary>
    public Channel<FakeCall> NewCalls { get; } = Channel.CreateUnbounded<FakeCall>();

    public FakeCall Call(string id) => _calls.GetOrAdd(CallId.From(id), call => new FakeCall(call, this));

    public FakeRegistration Registration(string user) =>
        _registrations.GetOrAdd(UserId.From(user), _ => new FakeRegistration(time));

    ICallGrain ILegGrains.Call(CallId call) => Call(call.Value);

    IRegistrationGrain ILegGrains.Registration(UserId user) => Registration(user.Value);

    IDirectoryGrain ILegGrains.Directory(string number) => new FakeNumber(
        Accounts.Values.FirstOrDefault(account => account.Number == number));

    IAccountGrain ILegGrains.Account(UserId user) => new FakeAccount(Accounts.GetValueOrDefault(user.Value));

    private static Account Person(string name, AccountRole role, string? number) => new(
        UserId.From(name), role, name.ToUpperInvariant(), number, "hash", [PoolId.From("ase+en")], [], null);

    private sealed class FakeNumber(Account? holder) : IDirectoryGrain
    {
        public Task<DirectoryEntry?> Resolve() => Task.FromResult(
            holder is null ? null : new DirectoryEntry(holder.User, holder.Role, holder.DisplayName));

        public Task Assign(DirectoryEntry? entry) => throw new NotSupportedException();
    }

    private sealed class FakeAccount(Account? account) : IAccountGrain
    {
        public Task<Account?> Get() => Task.FromResult(account);

        public Task Prefer(InterpreterPreference? preference) => throw new NotSupportedException();

        public Task Put(Account changed) => throw new NotSupportedException();

        public Task Remove() => throw new NotSupportedException();
    }
}

/// <summary>A call as legs see it.</summary>
internal sealed class FakeCall(CallId id, FakeGrains grains) : ICallGrain
{
    public static readonly SessionId Session = SessionId.From("0123456789abcdef0123456789abcdef");

    private int _legs;

    public CallId Id => id;

    /// <summary>What the gateway asked and reported, in order.</summary>
    public Channel<object> Told { get; } = Channel.CreateUnbounded<object>();

    /// <summary>What admission says; null admits.</summary>
    public Refusal? Refuses { get; set; }

    /// <summary>What reports are answered.</summary>
    public Func<LegReport, Refusal?> OnReport { get; set; } = _ => null;

    /// <summary>Completes when the call may answer an admission.</summary>
    public Task MayAdmit { get; set; } = Task.CompletedTask;

    /// <summary>Completes when the call has stored what it is told.</summary>
    public Task MayStore { get; set; } = Task.CompletedTask;

    /// <summary>What a search by dialog finds.</summary>
    public Func<DialogState, FoundLeg?> Knows { get; set; } = _ => null;

    public Task<LegAdmission> Start(StartCall request)
    {
        grains.NewCalls.Writer.TryWrite(this);
        return Admit(request, request.Session);
    }

    public Task<LegAdmission> Resume(ResumeCall request) => Admit(request, Session);

    public Task<LegAdmission> Dial(DialCallee request) => Admit(request, Session);

    public async Task<Refusal?> Report(LegReport report)
    {
        Told.Writer.TryWrite(report);
        await MayStore;
        return OnReport(report);
    }

    public Task<FoundLeg?> FindLeg(UserId user, string callIdHeader, string localTag, string remoteTag) =>
        Task.FromResult(Knows(new DialogState(
            callIdHeader, localTag, remoteTag, "<sip:15550201@vrs.local>", $"<sip:{user}@vrs.local>",
            "sip:device@x.invalid;transport=ws", [], 7, 0)));

    public Task FlowChanged(int leg, bool up) => throw new NotSupportedException();

    public Task Overflowed(PoolId from, PoolId to, DateTimeOffset since) => throw new NotSupportedException();

    public Task InterpreterReserved(Reservation reservation) => throw new NotSupportedException();

    public Task PositionChanged(QueuePosition position) => throw new NotSupportedException();

    public Task OfferAccepted(InterpreterId interpreter, long offer) => throw new NotSupportedException();

    public Task OfferDeclined(InterpreterId interpreter, long offer) => throw new NotSupportedException();

    public Task<Refusal?> HangUp(HangUpRequest request) => throw new NotSupportedException();

    public Task<Refusal?> AskForColleague(ColleagueRequest request) => throw new NotSupportedException();

    public Task<Refusal?> RequestCallback(UserId caller) => throw new NotSupportedException();

    public Task<Refusal?> DismissColleague(HangUpRequest request) => throw new NotSupportedException();

    public Task<CallView?> GetView() => throw new NotSupportedException();

    private async Task<LegAdmission> Admit(object request, SessionId session)
    {
        Told.Writer.TryWrite(request);
        await MayAdmit;
        return Refuses is null
            ? new LegAdmission(Interlocked.Increment(ref _legs), session, null)
            : new LegAdmission(0, session, Refuses);
    }
}

/// <summary>A registration as legs see it.</summary>
internal sealed class FakeRegistration(TimeProvider time) : IRegistrationGrain
{
    private ImmutableArray<DeviceBinding> _bindings = [];

    public Channel<RegisterDevice> Registered { get; } = Channel.CreateUnbounded<RegisterDevice>();

    public Channel<(DeviceId Device, FlowId Flow)> Lost { get; } = Channel.CreateUnbounded<(DeviceId, FlowId)>();

    public Refusal? Refuses { get; set; }

    /// <summary>Completes when the registration may answer.</summary>
    public Task MayAnswer { get; set; } = Task.CompletedTask;

    /// <summary>How many of the next loss reports fail.</summary>
    public int FailingLosses { get; set; }

    public async Task<RegisterResult> Register(RegisterDevice request)
    {
        Registered.Writer.TryWrite(request);
        await MayAnswer;
        if (Refuses is not null)
        {
            return new RegisterResult(Refuses, []);
        }

        _bindings = _bindings.RemoveAll(binding => binding.Device == request.Device);
        if (request.ExpiresSeconds > 0)
        {
            var expires = time.GetUtcNow().AddSeconds(request.ExpiresSeconds);
            _bindings = _bindings.Insert(
                0, new DeviceBinding(request.Device, request.Contact, true, expires, request.Address));
        }

        return new RegisterResult(null, _bindings);
    }

    public Task<ImmutableArray<DeviceBinding>> GetDevices() => Task.FromResult(_bindings);

    public Task FlowLost(DeviceId device, FlowId flow)
    {
        if (FailingLosses-- > 0)
        {
            throw new TimeoutException("The grain did not answer.");
        }

        Lost.Writer.TryWrite((device, flow));
        return Task.CompletedTask;
    }

    public Task<Refusal?> Deliver(DeviceId? device, LegCommand command) => throw new NotSupportedException();

    public Task AttachLeg(LegRef leg, DeviceId device) => throw new NotSupportedException();

    public Task DetachLeg(LegRef leg) => throw new NotSupportedException();
}
