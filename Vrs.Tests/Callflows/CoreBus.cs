using System.Text.Json;
using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Registrations;
using Vrs.Silo.Storage;
using Vrs.Tests.Domain.Product;

namespace Vrs.Tests.Callflows;

/// <summary>A leg as its device knows it.</summary>
/// <param name="Call">The call.</param>
/// <param name="Number">The leg.</param>
/// <param name="Role">Its part.</param>
/// <param name="User">Its name; a second device is named as its user with a 2.</param>
/// <param name="Opened">Whether the gateway opened it.</param>
/// <param name="Answered">Whether it was answered.</param>
internal sealed record DeviceLeg(int Call, int Number, LegRole Role, string User, bool Opened, bool Answered)
{
    /// <summary>Whether its device knows nothing of it any more.</summary>
    public bool Forgotten { get; init; }

    /// <summary>Whether its device talks in this call on another of these legs: it takes one more by itself.</summary>
    public bool IsInCallOf(IEnumerable<DeviceLeg> legs) =>
        legs.Any(other => other.Call == Call && other.User == User && other.Answered);

    /// <summary>Whether this deed can be about it.</summary>
    public bool IsFor(string deed) => deed switch
    {
        "answers" or "is busy" or "declines the call" => this is { Opened: true, Answered: false },
        "cancels" => this is { Opened: false, Answered: false },
        "hangs up on the callee" or "holds the callee" or "resumes the callee" =>
            this is { Role: LegRole.InterpreterToCallee, Answered: true },
        _ => this is { Role: not LegRole.InterpreterToCallee, Answered: true },
    };
}

/// <summary>
/// Calls, interpreters and one queue as pure states; effects are carried at once, in order, one after the other.
/// </summary>
internal sealed partial class CoreBus
{
    private static readonly JsonSerializerOptions Stored = new StateJson().Options;
    private const string DeviceSuffix = "-device";

    private readonly Queue<Action> _mail = new();
    private readonly List<(int Call, CallEffect Effect)> _owed = [];
    private readonly Dictionary<int, CallState> _calls = [];
    private readonly Dictionary<string, InterpreterState> _interpreters = [];
    private readonly Dictionary<string, bool> _devices = [];
    private readonly List<DeviceLeg> _legs = [];
    private DateTimeOffset _now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public StoryLines Lines { get; } = new();

    /// <summary>What devices do other than usual.</summary>
    public DeviceHabits Habits { get; } = new();

    /// <summary>The offer that each interpreter was shown last, open or not.</summary>
    public Dictionary<string, OfferView> LastOffers { get; } = [];

    public static DeviceId DeviceOf(string name) => new(name + DeviceSuffix);

    /// <summary>Whose device this is.</summary>
    public static string UserOf(string name) => name.TrimEnd('2');

    public static InterpreterProfile ProfileOf(string user, StoryPerson person) =>
        new(user, user == "ines" ? "7001" : "7002", [person.Pool], person.Skills);

    public static DialogState Dialog(string name) =>
        new(name, $"us-{name}", $"them-{name}", "sip:us@vrs.local", "sip:them@vrs.local", "sip:x.invalid", [], 0, 1);

    public CallState CallState(int call) => _calls[call];

    public InterpreterState InterpreterState(string user) => _interpreters.GetValueOrDefault(user) ?? new();

    /// <summary>Whether the caller's INVITE is not answered yet.</summary>
    public bool IsWaiting(int call) =>
        _calls[call].FindLeg(LegRole.Caller) is { Opened: false, State: LegState.Inviting or LegState.Ringing };

    /// <summary>Everything is forgotten, and read again as it was stored; what was owed is done after that.</summary>
    public void Restart()
    {
        _mail.Clear();
        foreach (var (call, effect) in _owed)
        {
            var stored = Reread(effect);
            _mail.Enqueue(() => Carry(call, stored));
        }

        _owed.Clear();
        foreach (var call in _calls.Keys.ToList())
        {
            _calls[call] = Reread(_calls[call]);
        }

        foreach (var user in _interpreters.Keys.ToList())
        {
            _interpreters[user] = Reread(_interpreters[user]);
        }

        foreach (var pool in _queues.Keys.ToList())
        {
            _queues[pool] = Reread(_queues[pool]);
        }
    }

    public int NewCall()
    {
        var call = _calls.Count + 1;
        _calls[call] = new CallState();
        Lines.Begin(Cast.NameOf(call), nameof(CallPhase.New));
        return call;
    }

    public int CallServedBy(string interpreter) =>
        _calls.First(call => call.Value is { IsOver: false } state
            && (state.Interpreter?.Interpreter.Value == interpreter
                || state.Colleague?.Interpreter?.Interpreter.Value == interpreter)).Key;

    /// <summary>Somebody asks on her page; a refusal is shown to her as a line.</summary>
    public void Ask(string who, Func<CallState, CallEvent?> wish)
    {
        var call = Cast.RoleOf(who) is AccountRole.Operator ? _calls.Keys.Max() : CallServedBy(UserOf(who));
        if (Call(call, wish(_calls[call])!) is { } refusal)
        {
            Lines.ToDevice(who, StoryLines.Refused(refusal.Detail));
        }
    }

    /// <summary>Carries mail until there is none.</summary>
    public void Settle()
    {
        while (_mail.TryDequeue(out var carry))
        {
            carry();
        }

        foreach (var (call, state) in _calls)
        {
            Lines.State(Cast.NameOf(call), state.Phase.ToString(), StoryLines.DetailOf(CallViews.Of(state)));
        }

        foreach (var (user, state) in _interpreters)
        {
            Lines.State(user, state.Status.ToString(), StoryLines.DetailOf(state.BreakIsDue));
        }
    }

    /// <summary>Lets time pass; deadlines fall one after the other, each at its time.</summary>
    public void Pass(TimeSpan time)
    {
        var end = _now + time;
        while (NextDue() is { } due && due <= end)
        {
            _now = due > _now ? due : _now;
            Fall();
            Settle();
        }

        _now = end;
        TickQueues();
    }

    public Refusal? Call(int call, CallEvent happening)
    {
        var transition = CallMachine.Apply(_calls[call], happening with { At = _now });
        Track(call, transition.Next);
        _calls[call] = transition.Next;
        foreach (var effect in transition.Effects)
        {
            _owed.Add((call, effect));
            _mail.Enqueue(() =>
            {
                _owed.Remove((call, effect));
                Carry(call, effect);
            });
        }

        return transition.Refusal;
    }

    public Refusal? Interpreter(string user, InterpreterEvent happening)
    {
        Lines.Begin(user, nameof(InterpreterStatus.SignedOut));
        var transition = InterpreterMachine.Apply(InterpreterState(user), happening with { At = _now });
        _interpreters[user] = transition.Next;
        foreach (var effect in transition.Effects)
        {
            _mail.Enqueue(() => Carry(user, effect));
        }

        return transition.Refusal;
    }

    public void HangUp(int call, HangUpRequest request)
    {
        if (CallInputs.FromHangUp(_calls[call], request) is { } happening)
        {
            Call(call, happening);
        }
    }

    private static T Reread<T>(T state) =>
        JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(state, Stored), Stored)!;

    private DateTimeOffset? NextDue() => _calls.Values.Select(CallInputs.NextDue)
        .Concat(_interpreters.Values.Select(state => state.NextDue))
        .Concat(_queues.Values.Select(queue => queue.Index.NextDue))
        .Min();

    private void Fall()
    {
        foreach (var call in _calls.Keys.ToList())
        {
            while (CallInputs.Fallen(_calls[call], _now) is { } fallen)
            {
                Call(call, fallen);
            }
        }

        foreach (var (user, state) in _interpreters.ToList())
        {
            if (state.Deadline <= _now)
            {
                Interpreter(user, new InterpreterEvent.Elapsed(state.LastDeadline));
            }

            if (InterpreterState(user).BreakDueAt <= _now)
            {
                Interpreter(user, new InterpreterEvent.BreakDue(state.Stretch));
            }
        }

        TickQueues();
    }

    private void Carry(string user, InterpreterEffect owed)
    {
        switch (owed)
        {
            case InterpreterEffect.ShowOffer show:
                LastOffers[user] = show.Offer;
                Show(user, "offer");
                break;
            case InterpreterEffect.HideOffer hide when hide.Reason is not ReleaseReason.Served:
                Show(user, $"offer withdrawn: {hide.Reason}");
                break;
            default:
                Carry(Letters.From(new InterpreterId(user), owed));
                break;
        }
    }

    /// <summary>All open pages of hers show it.</summary>
    private void Show(string user, string what)
    {
        foreach (var console in ConsolesOf(user))
        {
            Lines.ToDevice(console, what);
        }
    }
}
