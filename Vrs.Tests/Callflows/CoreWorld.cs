using Vrs.Bench.Headless;
using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Tests.Callflows;

/// <summary>The pure machines wired by a small bus, with devices that do what a story says.</summary>
internal sealed class CoreWorld : IStoryWorld
{
    private readonly CoreBus _bus = new();
    private readonly StoryPeople _people = new();
    private readonly Dictionary<string, int> _callOf = [];
    private int _dialogs;

    public Task Do(StoryCommand command)
    {
        if (command.Who == "time")
        {
            _bus.Pass(DurationOf(command.Deed));
        }
        else
        {
            Act(command);
        }

        _bus.Settle();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> Observe(IReadOnlyList<string> expected) => Task.FromResult(_bus.Lines.Take());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A little longer than the deadline of this name.</summary>
    internal static TimeSpan DurationOf(string deadline)
    {
        var call = CallDeadlines.Default;
        var limit = deadline switch
        {
            "the offer lapses" => call.Offer,
            "the grace ends" => call.Grace,
            "the hold ends" => call.Hold,
            "the wait ends" => call.Wait,
            "the idle time ends" => call.Idle,
            "the redial time ends" => call.Redial,
            "the ringing ends" => call.Ring,
            "the preference ends" => StoryPeople.PreferenceWait,
            "the wait in this pool ends" => StoryPeople.OverflowAfter,
            "the search in this pool ends" => StoryPeople.OverflowInCallAfter,
            "the pause ends" => QueueLimits.Default.ReofferPause + TimeSpan.FromSeconds(4),
            "a break is due" => StoryPeople.Work.BreakDueAfter,
            "the wrap-up ends" => InterpreterLimits.Default.WrapUp,
            "the recovery ends" => call.Recovery,
            "the hold grows long" => call.LongHold,
            "the callback lapses" => call.Callback,
            "the callback rings out" => call.CallbackRing,
            "the set-up ends" => call.Setup,
            "the search ends" => call.Colleague,
            "the minimum stay ends" => call.MinimumStay,
            _ => throw new ArgumentOutOfRangeException(nameof(deadline)),
        };
        return limit + TimeSpan.FromSeconds(1);
    }

    private void Act(StoryCommand command)
    {
        var (who, deed) = (command.Who, command.Deed);
        if (_people.Learn(command) || _bus.Habits.Learn(command))
        {
            return;
        }

        switch (deed)
        {
            case "works":
                SignIn(who, console: null);
                _bus.Interpreter(who, new InterpreterEvent.GoAvailable());
                break;
            case "signs in":
                SignIn(who, CoreBus.DeviceOf(who));
                break;
            case "registers":
                _bus.Register(who);
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
                _bus.Interpreter(who, WorkDeeds.EventOf(work, _bus.InterpreterState(who).LastDeadline));
                break;
            case "loses connection":
                _bus.Lose(who);
                break;
            case "asks for a callback" or "gives up the callback":
                SeeToCallback(who, isWanted: deed == "asks for a callback");
                break;
            case "restarts":
                Restart();
                break;
            case "asks for relief" or "asks for support":
                _bus.Ask(who, state => CallInputs.FromColleagueRequest(state, new ColleagueRequest(
                    new UserId(who), Cast.RoleOf(who), Cast.PurposeOf(deed))));
                break;
            case "does without a colleague":
                _bus.Ask(who, state => CallInputs.FromColleagueDismissal(state, new HangUpRequest(
                    new UserId(who), Cast.RoleOf(who))));
                break;
            case "ends the call":
                EndCall(who);
                break;
            case "ends the call as the server dies":
                EndCall(who);
                Restart();
                break;
            default:
                OnLeg(who, deed);
                break;
        }
    }

    private void SignIn(string device, DeviceId? console)
    {
        var user = CoreBus.UserOf(device);
        _bus.Register(device);
        _bus.Interpreter(user, new InterpreterEvent.SignIn(
            new InterpreterId(user),
            CoreBus.ProfileOf(user, _people.Of(user)),
            StoryPeople.Work,
            console));
        _bus.TellConsoles(device);
    }

    private void EndCall(string who) =>
        _bus.HangUp(_callOf.Values.Max(), new HangUpRequest(new UserId(who), AccountRole.Operator));

    private void SeeToCallback(string who, bool isWanted)
    {
        if (isWanted)
        {
            Assert.Null(_bus.Call(_callOf[who], new CallEvent.CallbackRequested()));
        }
        else
        {
            _bus.HangUp(_callOf[who], new HangUpRequest(new UserId(who), AccountRole.Caller));
        }
    }

    private void Dial(string who, string number, string offer)
    {
        _bus.Register(who);
        _bus.Lines.FromDevice(who, $"INVITE {number}");
        if (Cast.RefusalOf(offer) is { } status)
        {
            _bus.Lines.ToDevice(who, StoryLines.Status(status));
            return;
        }

        var person = _people.Of(who);
        var call = _callOf[who] = _bus.NewCall();
        _bus.Call(call, new CallEvent.CallerInvited(
            new CallId(Cast.CallOf(call)),
            new SessionId("5e55105e55105e55105e55105e551051"),
            Cast.DirectionOf(who),
            PartyOf(who),
            number,
            person.Pool,
            Cast.PriorityOf(number),
            person.Required,
            "https://vrs.local/",
            Dialog(),
            CallDeadlines.Default,
            person.Preference));
    }

    private void DialOut(string who, string? number)
    {
        _bus.Lines.FromDevice(who, $"INVITE {number ?? "rejoin"}");
        var refusal = _bus.Call(_bus.CallServedBy(CoreBus.UserOf(who)), new CallEvent.DialRequested(
            PartyOf(who), number, Cast.UserOf(number), Dialog()));
        if (refusal is not null)
        {
            _bus.Lines.ToDevice(who, StoryLines.Status(480));
        }
    }

    private void AnswerOffer(string who, string deed)
    {
        var user = CoreBus.UserOf(who);
        var offer = _bus.LastOffers[user];
        var refusal = _bus.Interpreter(user, deed == "declines"
            ? new InterpreterEvent.Decline(offer.Call, offer.Offer)
            : new InterpreterEvent.Accept(offer.Call, offer.Offer));
        Assert.Equal(deed == "accepts too late", refusal is not null);
        if (refusal is not null)
        {
            _bus.Lines.ToDevice(who, StoryLines.Refused(refusal.Detail));
        }
    }

    private void Return(string who)
    {
        _bus.Register(who);
        if (_callOf.TryGetValue(who, out var call) && _bus.CallState(call).CallerAway)
        {
            TakePlaceAgain(who, call);
        }
        else
        {
            _bus.Restore(who);
        }
    }

    /// <summary>What was stored is read again; devices register, and who waited takes her place again.</summary>
    private void Restart()
    {
        _bus.Restart();
        foreach (var user in _bus.Registered)
        {
            if (_callOf.TryGetValue(user, out var call) && _bus.IsWaiting(call))
            {
                TakePlaceAgain(user, call);
            }
        }
    }

    private void TakePlaceAgain(string who, int call)
    {
        _bus.ForgetAsking(who);
        _bus.Lines.FromDevice(who, "INVITE with her place");
        _bus.Call(call, new CallEvent.CallerReturned(PartyOf(who), Dialog()));
    }

    private void OnLeg(string who, string deed)
    {
        var leg = _bus.LegFor(who, deed);
        switch (deed)
        {
            case "answers":
                _bus.Answer(leg);
                break;
            case "is busy":
                Reject(who, leg, 486);
                break;
            case "declines the call":
                Reject(who, leg, 603);
                break;
            case "cancels":
                _bus.Lines.FromDevice(who, "CANCEL");
                _bus.Lines.ToDevice(who, StoryLines.Status(487));
                _bus.Report(leg, new LegEnded(leg.Number, LegEndCause.Cancelled));
                break;
            case "holds" or "holds the callee" or "resumes" or "resumes the callee":
                _bus.Hold(leg, deed.StartsWith("holds", StringComparison.Ordinal));
                break;
            default:
                _bus.Lines.FromDevice(who, "BYE");
                _bus.Report(leg, new LegEnded(leg.Number, LegEndCause.HungUp));
                break;
        }
    }

    private void Reject(string who, DeviceLeg leg, int status)
    {
        _bus.Lines.FromDevice(who, StoryLines.Status(status));
        _bus.Report(leg, new LegRejected(leg.Number, status, "No."));
    }

    private DialogState Dialog() => CoreBus.Dialog($"d{++_dialogs}");

    private static Party PartyOf(string who) => new(
        new UserId(CoreBus.UserOf(who)), CoreBus.DeviceOf(who), CoreBus.UserOf(who), Cast.NumberOf(who), "192.0.2.1");
}
