using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Tests.Simulation;

/// <summary>A Deaf caller's page: calls, waits, talks, hangs up, and takes its place again after a loss.</summary>
internal sealed class CallerDevice(World world, UserId user) : Device(world, user)
{
    private int _calls;

    /// <summary>Calls now and then while the storm lasts.</summary>
    public async Task Live()
    {
        await Connect();
        while (World.IsStormy)
        {
            await World.Time.Wait(World.Between(1, 30));
            if (World.IsStormy && IsReady && Legs.Count == 0)
            {
                await Dial();
            }
        }
    }

    protected override Task OnInvite(DeviceLeg leg, InviteLeg invite)
    {
        // Only ever to take over her leg with another interpreter: the page answers by itself.
        StartAfter(World.Between(0.05, 0.5), () =>
        {
            Answer(leg, lateOffer: invite.Offer is null);
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    }

    protected override void OnEstablished(DeviceLeg leg) => GiveUpAfter(leg, World.Between(2, 90));

    protected override void OnPlaceLost(DeviceLeg leg)
    {
        if (leg.Ref is { } place && Random.Next(5) > 0)
        {
            StartAfter(World.Between(1, 8), () => Resume(place.Call));
        }
    }

    private async Task Dial()
    {
        var call = new CallId($"call-{User}-{++_calls}");
        var number = World.PhoneNumbers[Random.Next(World.PhoneNumbers.Length)];
        var priority = Random.Next(10) == 0 ? PriorityClass.Emergency : PriorityClass.Standard;
        await Place(call, leg => World.Call(call).Start(new StartCall(
            new SessionId($"session-{call}"),
            CallDirection.DeafToHearing,
            Party,
            number,
            World.Pool,
            priority,
            [],
            "https://vrs.example/call",
            leg.Dialog,
            Sdp("offer"))));
    }

    private async Task Resume(CallId call)
    {
        if (IsReady && Legs.Count == 0)
        {
            await Place(call, leg => World.Call(call).Resume(new ResumeCall(Party, leg.Dialog, Sdp("offer"))));
        }
    }

    private async Task Place(CallId call, Func<DeviceLeg, Task<LegAdmission>> invite)
    {
        var flow = Flow!;
        var leg = new DeviceLeg(LegRole.Caller, NewDialog(call));
        Legs.Add(leg);
        World.Log.Note($"{User} calls: {call}");
        try
        {
            var admission = await invite(leg);
            if (admission.Refusal is { } refusal)
            {
                World.Log.Note($"{User} is refused: {refusal.Reason}");
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

            GiveUpAfter(leg, World.Between(3, 150));
        }
        catch (Exception fault)
        {
            // The gateway answers 500; the call may stand in line all the same.
            World.Log.Note($"{User} got no answer: {fault.GetType().Name}");
            Legs.Remove(leg);
            leg.Stage = LegStage.Over;
        }
    }

    private void GiveUpAfter(DeviceLeg leg, TimeSpan patience) => StartAfter(patience, () =>
    {
        HangUp(leg);
        return Task.CompletedTask;
    });
}
