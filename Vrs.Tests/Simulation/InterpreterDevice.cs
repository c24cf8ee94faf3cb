using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Consoles;
using Vrs.Grains.Interfaces.Interpreters;

namespace Vrs.Tests.Simulation;

/// <summary>An interpreter at her console: offers come over the page's channel, call legs by SIP.</summary>
internal sealed class InterpreterDevice(World world, UserId user) : Device(world, user), IConsoleObserver
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
        await World.Time.Wait(World.Between(0.1, 2));
        if (World.IsStormy && Random.NextDouble() < World.Swarm.Unwilling / 3)
        {
            if (Random.Next(2) == 0)
            {
                Reject(leg, 480);
            }

            return;
        }

        Answer(leg, lateOffer: invite.Offer is null);
    }

    protected override void OnEstablished(DeviceLeg leg)
    {
        if (leg.Role is LegRole.InterpreterToCaller)
        {
            StartAfter(World.Between(1, 5), () => DialCallee(leg));
        }

        if (Random.Next(5) == 0)
        {
            StartAfter(World.Between(2, 40), () =>
            {
                HangUp(leg);
                return Task.CompletedTask;
            });
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

        switch ((await grain.GetView())?.Status ?? InterpreterStatus.SignedOut)
        {
            case InterpreterStatus.SignedOut:
                await grain.SignIn(null);
                await grain.GoAvailable();
                break;
            case InterpreterStatus.Break or InterpreterStatus.Lost:
                await grain.GoAvailable();
                break;
            case InterpreterStatus.Available when World.IsStormy && Random.Next(30) == 0:
                await (Random.Next(2) == 0 ? grain.TakeBreak(BreakKind.Rest, "tea") : grain.SignOut());
                break;
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
            var unwilling = World.IsStormy && Random.NextDouble() < World.Swarm.Unwilling;
            if (!unwilling)
            {
                World.Auditor.AcceptSent(new InterpreterId(User.Value), offer.Call, offer.Offer);
                var refusal = await World.Interpreter(User).Accept(offer.Call, offer.Offer);
                World.Log.Note($"{User} accepts {offer.Call} #{offer.Offer}: {refusal?.Reason}");
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
            await TryDial(flow, known.Call, World.PhoneNumbers[Random.Next(World.PhoneNumbers.Length)]);
        }
    }

    private async Task<bool> TryDial(SimulatedFlow flow, CallId call, string? number)
    {
        var leg = new DeviceLeg(LegRole.InterpreterToCallee, NewDialog(call));
        Legs.Add(leg);
        var callee = number is null ? (UserId?)null : World.PhoneOf(number);
        try
        {
            var admission = await World.Call(call).Dial(
                new DialCallee(Party, number, callee, leg.Dialog, Sdp("offer")));
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

            World.Log.Note($"{User} may not dial {number ?? "again"}: {admission.Refusal.Reason}");
        }
        catch (Exception fault)
        {
            World.Log.Note($"{User} got no answer: {fault.GetType().Name}");
        }

        Legs.Remove(leg);
        leg.Stage = LegStage.Over;
        return false;
    }

    private async Task Attempt(Func<Task> deed)
    {
        try
        {
            await deed();
        }
        catch (Exception fault)
        {
            World.Log.Note($"{User} got no answer: {fault.GetType().Name}");
        }
    }
}
