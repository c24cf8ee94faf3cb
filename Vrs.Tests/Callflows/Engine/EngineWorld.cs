using Vrs.Bench.Headless;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Consoles;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Silo.Storage;
using Vrs.Tests.Domain.Grains;

namespace Vrs.Tests.Callflows;

/// <summary>The production grains on the embedded engine, in virtual time; gateway and pages are doubles.</summary>
internal sealed class EngineWorld : IStoryWorld
{
    /// <summary>How long a story lets messages travel before it looks.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    /// <summary>How often pages say where they are; who does not for two minutes is forgotten.</summary>
    private static readonly TimeSpan RenewEvery = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A second less than that of calls: a call and its interpreter are lost at one moment, and which of two deadlines
    /// of two grains at one moment comes first nobody promises. Hers first is the order that stories tell.
    /// </summary>
    private static readonly KeyValuePair<string, string?> ConsoleGrace = new(
        "Interpreters:ConsoleGrace", (InterpreterLimits.Default.Grace - TimeSpan.FromSeconds(1)).ToString());

    private readonly StoryLines _lines = new();
    private readonly StoryPeople _people = new();
    private readonly Dictionary<string, int> _callOf = [];
    private readonly Dictionary<string, EnginePage> _pages = [];
    private readonly EngineDevices _devices;
    private readonly GrainWorld _grains;
    private int _calls;
    private int _dialogs;

    /// <param name="database">Where grains are stored; null for in memory.</param>
    public EngineWorld((IStateStorage States, IReminderStorage Reminders)? database = null)
    {
        _devices = new EngineDevices(_lines, Report);
        _grains = new GrainWorld(
            react: (flow, command) => _devices.React(_grains!.DeviceAt(flow), command),
            settings: [.. StoryPeople.Settings(), ConsoleGrace],
            database: database);
    }

    public Task Do(StoryCommand command)
    {
        if (command.Who == "time")
        {
            for (var left = CoreWorld.DurationOf(command.Deed); left > TimeSpan.Zero; left -= RenewEvery)
            {
                _grains.Pass(left < RenewEvery ? left : RenewEvery);
                RenewPages();
            }
        }
        else
        {
            Act(command);
        }

        _grains.Pass(Moment);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> Observe(IReadOnlyList<string> expected)
    {
        for (var call = 1; call <= _calls; call++)
        {
            var view = _grains.View(Cast.CallOf(call));
            _lines.State(Cast.NameOf(call), view.Phase.ToString(), StoryLines.DetailOf(view));
        }

        foreach (var user in _pages.Keys.Select(CoreBus.UserOf).Distinct())
        {
            var view = _grains.ViewOf(user);
            _lines.State(user, view.Status.ToString(), StoryLines.DetailOf(view.BreakDueSince is not null));
        }

        var observed = _lines.Take();
        return Task.FromResult(GrainWorld.AnswersMayBeOvertaken ? Tolerant(expected, observed) : observed);
    }

    /// <summary>
    /// An interpreter who is free at once may be told to a call before the answer of its line is: then its caller never
    /// hears that she stood there. Both are right, and stories tell one.
    /// </summary>
    private static List<string> Tolerant(IReadOnlyList<string> expected, IReadOnlyList<string> observed)
    {
        List<string> told = [.. observed];
        var isOfferedAtOnce = expected.Any(line => line.EndsWith(" offer", StringComparison.Ordinal));
        for (var place = 0; isOfferedAtOnce && place < expected.Count && place <= told.Count; place++)
        {
            var isQueued = expected[place].EndsWith(StoryLines.Status(182), StringComparison.Ordinal);
            if (isQueued && told.ElementAtOrDefault(place) != expected[place])
            {
                told.Insert(place, expected[place]);
            }
        }

        return told;
    }

    /// <summary>The grains, for what only one engine can do to them.</summary>
    public GrainWorld Grains => _grains;

    /// <summary>Every page says again where it is, as pages do from time to time.</summary>
    public void RenewPages()
    {
        foreach (var device in _pages.Keys)
        {
            Subscribe(device);
        }
    }

    public ValueTask DisposeAsync()
    {
        _grains.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Act(StoryCommand command)
    {
        var (who, deed) = (command.Who, command.Deed);
        if (Prepare(command))
        {
            return;
        }

        switch (deed)
        {
            case "works":
                _lines.Begin(who, nameof(InterpreterStatus.SignedOut));
                Register(who);
                OpenPage(who);
                _grains.ComeToWork(who);
                break;
            case "signs in":
                SignIn(who);
                break;
            case "registers":
                Register(who);
                break;
            case "dials" when Cast.IsParty(who):
                Dial(who, command.Number!, Cast.OfferOf(who));
                break;
            case "dials in the clear":
                Dial(who, command.Number!, Sdp.PlainRtpOffer());
                break;
            case "dials" or "rejoins":
                DialOut(who, command.Number);
                break;
            case "accepts" or "declines" or "accepts too late":
                AnswerOffer(who, deed);
                break;
            case "returns":
                Return(who);
                break;
            case var work when WorkDeeds.All.Contains(work):
                Assert.Null(_grains.Ask(WorkDeeds.Ask(
                    InterpreterOf(who), work, _grains.ViewOf(CoreBus.UserOf(who)).DeadlineNumber)));
                break;
            case "loses connection":
                _devices.Lose(who);
                _grains.LoseFlow(who);
                break;
            case "asks for a callback" or "gives up the callback":
                Assert.Null(_grains.Ask(SeeToCallback(who, isWanted: deed == "asks for a callback")));
                break;
            case "restarts":
                Restart();
                break;
            case "asks for relief" or "asks for support":
                ShowRefusal(who, _grains.Ask(CallOf(who).AskForColleague(new ColleagueRequest(
                    new UserId(who), Cast.RoleOf(who), Cast.PurposeOf(deed)))));
                break;
            case "does without a colleague":
                ShowRefusal(who, _grains.Ask(CallOf(who).DismissColleague(new HangUpRequest(
                    new UserId(who), Cast.RoleOf(who)))));
                break;
            case "ends the call":
                Assert.Null(_grains.Ask(EndCall(who)));
                break;
            case "ends the call as the server dies":
                DieWith(() => EndCall(who));
                break;
            default:
                _devices.OnLeg(who, deed);
                break;
        }
    }

    /// <summary>What a story says about people and devices before they act.</summary>
    private bool Prepare(StoryCommand command)
    {
        if (_people.Learn(command))
        {
            _grains.Change(command.Who, _people.Of(command.Who).In);
            return true;
        }

        return _devices.Habits.Learn(command);
    }

    /// <summary>The call she serves; an operator's is the last one.</summary>
    private ICallGrain CallOf(string who) => _grains.Call(Cast.RoleOf(who) is AccountRole.Operator
        ? Cast.CallOf(_calls)
        : _grains.ViewOf(CoreBus.UserOf(who)).Call!.Value.Value);

    private Task<Refusal?> EndCall(string who) =>
        CallOf(who).HangUp(new HangUpRequest(new UserId(who), AccountRole.Operator));

    private IInterpreterGrain InterpreterOf(string who) => _grains.Interpreter(CoreBus.UserOf(who));

    private Task<Refusal?> SeeToCallback(string who, bool isWanted)
    {
        var call = _grains.Call(Cast.CallOf(_callOf[who]));
        return isWanted
            ? call.RequestCallback(new UserId(who))
            : call.HangUp(new HangUpRequest(new UserId(who), AccountRole.Caller));
    }

    private void ShowRefusal(string who, Refusal? refusal)
    {
        if (refusal is not null)
        {
            _lines.ToDevice(who, StoryLines.Refused(refusal.Detail));
        }
    }

    private void Register(string device)
    {
        _devices.Register(device);
        _grains.Register(device);
    }

    private void SignIn(string device)
    {
        Register(device);
        OpenPage(device);
        Assert.Null(_grains.Ask(InterpreterOf(device).SignIn(GrainWorld.Device(device))));
    }

    private void OpenPage(string device)
    {
        _pages[device] = new EnginePage(_lines, device, () => _devices.IsUp(device), _grains);
        Subscribe(device);
    }

    private void Subscribe(string device) => _grains.Ask(
        _grains.Grains.GetGrain<IConsoleGrain>(CoreBus.UserOf(device)).Subscribe(_pages[device].Reference));

    private void Dial(string who, string number, string offer)
    {
        Register(who);
        _lines.FromDevice(who, $"INVITE {number}");
        if (Cast.RefusalOf(offer) is { } status)
        {
            _lines.ToDevice(who, StoryLines.Status(status));
            return;
        }

        var call = _callOf[who] = ++_calls;
        _lines.Begin(Cast.NameOf(call), nameof(CallPhase.New));
        var request = GrainWorld.StartCall(Cast.CallOf(call), who) with
        {
            Direction = Cast.DirectionOf(who),
            Caller = GrainWorld.PartyOf(who, Cast.NumberOf(who)),
            DialedNumber = number,
            Pool = _people.Of(who).Pool,
            Priority = Cast.PriorityOf(number),
            RequiredSkills = _people.Of(who).Required,
            Preference = _people.Of(who).Preference,
            Dialog = Dialog(who),
        };
        _devices.Opened(who, call, LegRole.Caller, _grains.Ask(_grains.Call(Cast.CallOf(call)).Start(request)));
    }

    private void DialOut(string who, string? number)
    {
        var user = CoreBus.UserOf(who);
        var call = Cast.NumberOf(_grains.ViewOf(user).Call!.Value);
        _lines.FromDevice(who, $"INVITE {number ?? "rejoin"}");
        _devices.Opened(who, call, LegRole.InterpreterToCallee, _grains.Ask(_grains.Call(Cast.CallOf(call))
            .Dial(new DialCallee(
                GrainWorld.PartyOf(user) with { Device = GrainWorld.Device(who) },
                number,
                Cast.UserOf(number),
                Dialog(who),
                new SdpText("v=0 dial")))));
    }

    private void AnswerOffer(string who, string deed)
    {
        var offer = _pages[who].LastOffer!;
        var interpreter = InterpreterOf(who);
        var refusal = _grains.Ask(deed == "declines"
            ? interpreter.Decline(offer.Call, offer.Offer)
            : interpreter.Accept(offer.Call, offer.Offer));
        Assert.Equal(deed == "accepts too late", refusal is not null);
        ShowRefusal(who, refusal);
    }

    private void Return(string who)
    {
        Register(who);
        if (_callOf.TryGetValue(who, out var call) && _grains.View(Cast.CallOf(call)).CallerAway)
        {
            TakePlaceAgain(who, call);
        }
    }

    /// <summary>The call stores what this brings about; the server dies before it does any of it.</summary>
    private void DieWith(Action deed)
    {
        _grains.Storage.HangAfterNext("call");
        deed();
        _grains.Settle();
        Restart();
    }

    /// <summary>Everything in memory is lost; devices and pages come back, who waited takes her place again.</summary>
    private void Restart()
    {
        _grains.Crash();
        foreach (var device in _devices.Registered)
        {
            _grains.Register(device);
        }

        foreach (var user in _pages.Keys.ToList())
        {
            OpenPage(user);
        }

        foreach (var (who, call) in _callOf.Where(called => _devices.IsWaiting(called.Key, called.Value)).ToList())
        {
            TakePlaceAgain(who, call);
        }
    }

    private void TakePlaceAgain(string who, int call)
    {
        _lines.FromDevice(who, "INVITE with her place");
        _devices.Opened(who, call, LegRole.Caller, _grains.Ask(_grains.Call(Cast.CallOf(call)).Resume(
            new ResumeCall(GrainWorld.PartyOf(who, Cast.NumberOf(who)), Dialog(who), new SdpText("v=0 again")))));
    }

    /// <summary>A little later, as a network would.</summary>
    private void Report(LegRef leg, LegReport report) => _grains.Time.After(
        TimeSpan.FromMilliseconds(20),
        () => _ = _grains.Grains.GetGrain<ICallGrain>(leg.Call.Value).Report(report));

    private DialogState Dialog(string who) => GrainWorld.Dialog($"{who}{++_dialogs}", "own");
}

/// <summary>An interpreter's page: shows offers, and forgets nothing that is not told.</summary>
internal sealed class EnginePage : IConsoleObserver
{
    private readonly StoryLines _lines;
    private readonly string _user;
    private readonly Func<bool> _isUp;
    private readonly GrainWorld _grains;

    /// <summary>
    /// What was said, also while she was away: grains may say a thing twice when they did not store that
    /// they have said it.
    /// </summary>
    private readonly HashSet<(CallId Call, long Offer, bool Withdrawn)> _said = [];

    public EnginePage(StoryLines lines, string user, Func<bool> isUp, GrainWorld grains)
    {
        (_lines, _user, _isUp, _grains) = (lines, user, isUp, grains);
        Reference = grains.Grains.CreateObjectReference<IConsoleObserver>(this);
    }

    /// <summary>What grains know it by.</summary>
    public IConsoleObserver Reference { get; }

    /// <summary>The offer it showed last, open or not.</summary>
    public OfferView? LastOffer { get; private set; }

    public Task OnMessage(ConsoleMessage message) => _grains.OnThisThread(() => Show(message));

    private bool Show(ConsoleMessage message)
    {
        switch (message)
        {
            case OfferMade made when _said.Add((made.Offer.Call, made.Offer.Offer, false)):
                LastOffer = made.Offer;
                _lines.ToDevice(_user, "offer");
                break;
            case OfferWithdrawn { Reason: not ReleaseReason.Served } gone
                when _said.Add((gone.Call, gone.Offer, true)) && _isUp():
                _lines.ToDevice(_user, $"offer withdrawn: {gone.Reason}");
                break;
        }

        return true;
    }
}
