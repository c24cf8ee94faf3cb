using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Consoles;
using Vrs.Grains.Interfaces.Interpreters;

namespace Vrs.Tests.Simulation;

/// <summary>An interpreter at her console: offers come over the page's channel, call legs by SIP.</summary>
internal sealed class InterpreterDevice(World world, UserId user, int number)
    : Device(world, user, AccountRole.Interpreter, $"{user}-{number}"), IConsoleObserver
{
    private readonly HashSet<(CallId Call, long Offer)> _seen = [];
    private IConsoleObserver? _page;

    /// <summary>Comes to work and wants calls; takes breaks now and then while the storm lasts.</summary>
    public async Task Live()
    {
        await Connect();
        while (true)
        {
            await Attempt(BeAvailable);
            if (World.Strikes(Decision.PressWrongButton, World.Swarm.Clumsy))
            {
                await Attempt(PressAnything);
            }

            if (World.Strikes(Decision.UseStaleCall, World.Swarm.Clumsy / 4) && Flow is { IsOpen: true } flow)
            {
                await TryDial(flow, World.SomeCall(), "+15559999");
            }

            await World.Time.Wait(World.Between(2, 10));
        }
    }

    /// <summary>The page subscribes, at start and again after a crash of the silo.</summary>
    public void OpenPage() => _page = World.Grains.CreateObjectReference<IConsoleObserver>(this);

    public Task OnMessage(ConsoleMessage message)
    {
        if (message is OfferMade made)
        {
            Consider(made.Offer);
        }

        return Task.CompletedTask;
    }

    protected override async Task OnInvite(DeviceLeg leg, InviteLeg invite)
    {
        if (World.Strikes(Decision.HangUp, 0.5))
        {
            Report(leg, new LegRinging(invite.Leg.Number));
        }

        await World.Time.Wait(World.Between(0.1, 2));
        if (World.Strikes(Decision.RefuseLeg, leg, World.Swarm.Unwilling / 4))
        {
            Reject(leg, 480);
        }
        else if (!World.Strikes(Decision.LeaveLegUnanswered, leg, World.Swarm.Unwilling / 4))
        {
            Answer(leg, lateOffer: invite.Offer is null);
        }
    }

    protected override void OnEstablished(DeviceLeg leg)
    {
        base.OnEstablished(leg);
        if (leg.Role is LegRole.InterpreterToCaller && !World.Strikes(Decision.Dawdle, leg, 0.15))
        {
            StartAfter(World.Between(1, 5), () => DialCallee(leg));
        }

        if (World.Strikes(Decision.HangUp, 0.25))
        {
            GiveUpAfter(leg, World.Between(1, 30));
        }

        if (leg.Role is LegRole.InterpreterToCaller && World.Strikes(Decision.WantColleague, World.Swarm.Colleagues))
        {
            StartAfter(World.Between(0.5, 20), () => WantColleague(leg));
        }
    }

    protected override void OnEnded(DeviceLeg leg, int status)
    {
        // The other party was not reached: once more, while the caller is there.
        if (status > 0 && Legs.FirstOrDefault(own => own.Role is LegRole.InterpreterToCaller) is { } caller)
        {
            StartAfter(World.Between(2, 15), () => DialCallee(caller));
        }
    }

    private async Task BeAvailable()
    {
        var grain = World.Interpreter(User);
        foreach (var message in await World.Grains.GetGrain<IConsoleGrain>(User.Value).Subscribe(_page!))
        {
            await OnMessage(message);
        }

        var view = await grain.GetView();
        switch (view?.Status ?? InterpreterStatus.SignedOut)
        {
            case InterpreterStatus.SignedOut:
                await grain.SignIn(Id);
                await grain.GoAvailable();
                break;
            case InterpreterStatus.Break or InterpreterStatus.Lost when !World.Strikes(Decision.LeaveWork, 0.3):
                await grain.GoAvailable();
                break;
            case InterpreterStatus.Break or InterpreterStatus.Lost:
                await ChangeHerMind(grain);
                break;
            case InterpreterStatus.WrapUp when World.Strikes(Decision.LongerWrapUp, 0.1):
                await grain.ExtendWrapUp(view!.DeadlineNumber);
                break;
            case not InterpreterStatus.Available when World.Strikes(Decision.LeaveWork, 0.1):
            case InterpreterStatus.Available when World.Strikes(Decision.LeaveWork, 0.05):
                await ChangeHerMind(grain);
                break;
        }

        if (World.Strikes(Decision.ChangeConsole, World.Swarm.Devices > 1 ? 0.03 : 0))
        {
            await grain.SignIn(Id);
        }
    }

    private Task<Refusal?> ChangeHerMind(IInterpreterGrain grain) => Random.Next(4) switch
    {
        0 => grain.TakeBreak(BreakKind.Rest, "tea"),
        1 => grain.GoAvailable(),
        2 => grain.SignIn(Id),
        _ => grain.SignOut(),
    };

    /// <summary>What a page of hers that has not heard the news may still offer.</summary>
    private Task<Refusal?> PressAnything()
    {
        var grain = World.Interpreter(User);
        var (call, offer) = _seen.Count == 0
            ? (World.SomeCall(), 1)
            : _seen.ElementAt(^Random.Next(1, Math.Min(_seen.Count, 3) + 1));
        return Random.Next(5) switch
        {
            0 => grain.ExtendWrapUp(Random.Next(3)),
            1 => grain.Decline(call, offer),
            2 => World.Call(call).HangUp(new HangUpRequest(User, AccountRole.Interpreter)),
            _ => ChangeHerMind(grain),
        };
    }

    private async Task WantColleague(DeviceLeg leg)
    {
        if (leg is not { Stage: LegStage.Established, Ref: { } known })
        {
            return;
        }

        var purpose = Random.Next(2) == 0 ? ColleaguePurpose.Relief : ColleaguePurpose.Support;
        await Attempt(() => World.Call(known.Call).AskForColleague(
            new ColleagueRequest(User, AccountRole.Interpreter, purpose)));
        if (World.Strikes(Decision.DismissColleague, 0.4))
        {
            await World.Time.Wait(World.Between(1, 40));
            await Attempt(() => World.Call(known.Call).DismissColleague(
                new HangUpRequest(User, AccountRole.Interpreter)));
        }
    }

    private void Consider(OfferView offer)
    {
        if (!_seen.Add((offer.Call, offer.Offer)))
        {
            return;
        }

        StartAfter(World.Between(0.3, 5), () => Attempt(async () =>
        {
            var unwilling = World.Strikes(
                Decision.RefuseOffer, LegRole.InterpreterToCaller, offer.Call, World.Swarm.Unwilling);
            if (!unwilling)
            {
                World.Auditor.AcceptSent(new InterpreterId(User.Value), offer.Call, offer.Offer);
                var refusal = await World.Interpreter(User).Accept(offer.Call, offer.Offer);
                World.Log.Note($"{Id} accepts {offer.Call} #{offer.Offer}: {refusal?.Reason}");
            }
            else if (Random.Next(2) == 0)
            {
                await World.Interpreter(User).Decline(offer.Call, offer.Offer);
            }
        }));
    }

    private async Task DialCallee(DeviceLeg caller)
    {
        var busy = Legs.Any(own => own.Role is LegRole.InterpreterToCallee);
        if (caller is not { Stage: LegStage.Established, Ref: { } known } || busy || !IsReady || Flow is not { } flow)
        {
            return;
        }

        // First back to a party who still holds the line, as a console does when it took a call over.
        if (!await TryDial(flow, known.Call, null))
        {
            await TryDial(flow, known.Call, World.NumberToDial(known.Call));
        }
    }

    private async Task<bool> TryDial(SimulatedFlow flow, CallId call, string? number)
    {
        var leg = new DeviceLeg(LegRole.InterpreterToCallee, NewDialog(call));
        Legs.Add(leg);
        var callee = number is null ? null : World.PersonAt(number)?.User;
        try
        {
            var admission = await Admit(call, World.Call(call).Dial(
                new DialCallee(Party, number, callee, leg.Dialog, Sdp("offer"))));
            if (admission.Refusal is null)
            {
                leg.Ref = new LegRef(call, admission.Leg);
                flow.Add(leg);
                if (leg.IsOver || !flow.IsOpen)
                {
                    Legs.Remove(leg);
                    leg.Stage = LegStage.Over;
                    Report(leg, new LegEnded(admission.Leg, LegEndCause.Broken));
                }

                return true;
            }

            World.Log.Note($"{Id} may not dial {number ?? "again"}: {admission.Refusal.Reason}");
        }
        catch (Exception fault)
        {
            World.Log.Note($"{Id} got no answer: {fault.GetType().Name}");
        }

        Legs.Remove(leg);
        leg.Stage = LegStage.Over;
        return false;
    }
}
