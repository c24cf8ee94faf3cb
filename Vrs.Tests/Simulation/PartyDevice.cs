using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Tests.Simulation;

/// <summary>
/// A page of a Deaf person or the phone of a hearing one: calls and is called, waits, talks, hangs up, and takes its
/// place again after a loss.
/// </summary>
internal sealed class PartyDevice(World world, Person person, int number)
    : Device(world, person.User, person.Role, $"{person.User}-{number}")
{
    private int _calls;

    public Person Person => person;

    /// <summary>Calls now and then while the storm lasts.</summary>
    public async Task Live()
    {
        await Connect();
        while (World.IsStormy)
        {
            await World.Time.Wait(World.Between(1, person.IsDeaf ? 30 : 90));
            if (World.Strikes(Decision.PlaceCall))
            {
                await DialIfFree();
            }

            if (World.Strikes(Decision.UseStaleCall, World.Swarm.Clumsy))
            {
                await Resume(Random.Next(2) == 0 ? World.LatestOf(person) : World.SomeCall());
            }
        }
    }

    /// <summary>Calls again for a call that may well go on, as a page does that knows of no answer.</summary>
    public void CallAgain(CallId call) => Start(() => IsReady ? TakeBack(call) : Task.CompletedTask);

    protected override async Task OnInvite(DeviceLeg leg, InviteLeg invite)
    {
        // An INVITE that takes over, or that shows a second interpreter, is answered by the page itself.
        if (invite.TakesOver is not null || Talks(leg))
        {
            await World.Time.Wait(World.Between(0.05, 0.5));
            if (World.Strikes(Decision.RefuseLeg, leg, World.Swarm.Unreachable / 4))
            {
                Reject(leg, 480);
                return;
            }
        }
        else
        {
            Report(leg, new LegRinging(invite.Leg.Number));
            await World.Time.Wait(World.Strikes(Decision.Dawdle, 0.1) ? World.Between(5, 40) : World.Between(0.5, 6));
            if (World.Strikes(Decision.RefuseLeg, leg, World.Swarm.Unreachable / 2))
            {
                Reject(leg, Random.Next(2) == 0 ? 486 : 603);
                return;
            }
        }

        if (!World.Strikes(Decision.LeaveLegUnanswered, leg, World.Swarm.Unreachable / 4))
        {
            Answer(leg, lateOffer: invite.Offer is null);
        }
    }

    protected override void OnEstablished(DeviceLeg leg)
    {
        base.OnEstablished(leg);
        if (leg.Role is LegRole.Caller)
        {
            GiveUpAfter(leg, World.Between(2, World.Strikes(Decision.Dawdle, 0.1) ? 400 : 90));
        }
        else if (World.Strikes(Decision.HangUp, 0.3))
        {
            GiveUpAfter(leg, World.Between(2, 40));
        }
    }

    /// <summary>She gave up waiting; some call again at once, to have their place again.</summary>
    protected override void OnGivenUp(DeviceLeg leg)
    {
        if (World.Strikes(Decision.CallAgain, 0.4))
        {
            StartAfter(World.Between(0.5, 75), DialIfFree);
        }
    }

    protected override void OnPlaceLost(DeviceLeg leg)
    {
        if (leg.Ref is { } place && !World.Strikes(Decision.GiveUpPlace, 0.2))
        {
            StartAfter(World.Between(0.1, 8), () => Resume(place.Call));
        }
    }

    private Task DialIfFree() => World.IsStormy && IsReady && Legs.Count == 0 ? Dial() : Task.CompletedTask;

    private bool Talks(DeviceLeg leg) => leg.Role is LegRole.Caller
        && Legs.Exists(own => own != leg
            && own.Role is LegRole.Caller or LegRole.Callee
            && own.Ref?.Call == leg.Ref?.Call);

    private async Task Dial()
    {
        var call = new CallId($"call-{Id}-{++_calls}");
        var number = World.Place(call, person);
        var priority = Random.Next(10) switch
        {
            0 => PriorityClass.Emergency,
            1 => PriorityClass.Urgent,
            _ => PriorityClass.Standard,
        };
        var pool = person.IsDeaf ? person.Pool : World.PersonAt(number)?.Pool ?? person.Pool;
        await Place(call, leg => World.Call(call).Start(new StartCall(
            new SessionId($"session-{call}"),
            person.IsDeaf ? CallDirection.DeafToHearing : CallDirection.HearingToDeaf,
            Party,
            number,
            pool,
            priority,
            Random.Next(6) == 0 ? [World.Skill] : [],
            "https://vrs.example/call",
            leg.Dialog,
            Sdp("offer"),
            Wish())));
    }

    private InterpreterPreference? Wish() => !World.Strikes(Decision.WishForSomebody, World.Swarm.Choosy)
        ? null
        : new InterpreterPreference(
            Random.Next(2) == 0 ? World.Gender : null,
            Random.Next(3) == 0 ? new InterpreterId(World.Interpreters[^1].User.Value) : null,
            World.Between(0, 30),
            Random.Next(4) == 0 ? PreferenceFallback.KeepWaiting : PreferenceFallback.Anyone);

    /// <summary>A page offers a callback while the call waits; some press too late.</summary>
    private async Task WantCallback(CallId call)
    {
        await Attempt(() => World.Call(call).RequestCallback(User));
        if (World.Strikes(Decision.CancelCallback, 0.1))
        {
            await World.Time.Wait(World.Between(1, 30));
            await Attempt(() => World.Call(call).HangUp(new HangUpRequest(User, Role)));
        }
    }

    private Task Resume(CallId call) => IsReady && Legs.Count == 0 ? TakeBack(call) : Task.CompletedTask;

    private Task TakeBack(CallId call) =>
        Place(call, leg => World.Call(call).Resume(new ResumeCall(Party, leg.Dialog, Sdp("offer"))));

    private async Task Place(CallId call, Func<DeviceLeg, Task<LegAdmission>> invite)
    {
        var flow = Flow!;
        var leg = new DeviceLeg(LegRole.Caller, NewDialog(call));
        Legs.Add(leg);
        World.Log.Note($"{Id} calls: {call}");
        try
        {
            var admission = await Admit(call, invite(leg));
            if (admission.Refusal is { } refusal)
            {
                World.Log.Note($"{Id} is refused: {refusal.Reason}");
                Legs.Remove(leg);
                leg.Stage = LegStage.Over;
                return;
            }

            leg.Ref = new LegRef(call, admission.Leg);
            flow.Add(leg);
            if (leg.IsOver || !flow.IsOpen)
            {
                // Given up, or cut off, while the call was asked.
                Legs.Remove(leg);
                leg.Stage = LegStage.Over;
                var cause = flow.IsOpen ? LegEndCause.Cancelled : LegEndCause.Broken;
                Report(leg, new LegEnded(admission.Leg, cause));
                return;
            }

            GiveUpAfter(leg, World.Between(3, World.Strikes(Decision.Dawdle, 0.1) ? 700 : 150));
            if (World.Strikes(Decision.WantCallback, World.Swarm.Callbacks))
            {
                StartAfter(World.Between(0, 15), () => WantCallback(call));
            }
        }
        catch (Exception fault)
        {
            // The gateway answers 500; the call may stand in line all the same.
            World.Log.Note($"{Id} got no answer: {fault.GetType().Name}");
            Legs.Remove(leg);
            leg.Stage = LegStage.Over;
        }
    }
}
