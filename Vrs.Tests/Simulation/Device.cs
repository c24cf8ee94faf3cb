using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Registrations;
using Vrs.Silo.Embedded.Runtime;

namespace Vrs.Tests.Simulation;

/// <summary>
/// A page or phone, with its connection to the gateway. It does what JsSIP does: established legs outlive the
/// connection, an INVITE that waits does not, and after a loss it connects and registers again.
/// </summary>
internal abstract class Device(World world, UserId user, AccountRole role, string name)
{
    private readonly Lane _lane = new(world.Turns);
    private int _dialogs;
    private readonly Dictionary<CallId, TaskCompletionSource> _admitting = [];
    private long _requests;
    private uint _registers;
    private SimulatedFlow? _registered;
    private Task _reports = Task.CompletedTask;

    public UserId User => user;

    public AccountRole Role => role;

    public DeviceId Id { get; } = new(name);

    public SimulatedFlow? Flow { get; private set; }

    /// <summary>Connected and registered: the page lets its user call.</summary>
    public bool IsReady => _registered is { IsOpen: true };

    public List<DeviceLeg> Legs { get; } = [];

    protected World World => world;

    protected Random Random => world.Fate.People;

    protected Party Party => new(user, Id, user.Value, null, "192.0.2.7");

    /// <summary>Runs in turns of this device.</summary>
    public void Start(Func<Task> work) => _lane.Post(todo => _ = world.Watch(todo()), work);

    public void StartAfter(TimeSpan delay, Func<Task> work) => world.Time.After(delay, () => Start(work));

    /// <summary>Connects and registers; again after a second when that fails.</summary>
    public async Task Connect()
    {
        while (Flow is not { IsOpen: true })
        {
            var flow = world.Gateway.Open(this);
            Flow = flow;
            world.Log.Note($"{Id} connects by {flow.Id}");
            if (await Register(flow))
            {
                _registered = flow;
                Legs.Where(leg => leg.Stage is LegStage.Established).ToList().ForEach(RefreshSoon);
                StartAfter(TimeSpan.FromMinutes(4), () => Refresh(flow));
                return;
            }

            flow.Close();
            CutOff();
            await world.Time.Wait(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>The connection is gone; <paramref name="orderly"/> when the gateway lives to tell.</summary>
    public void Disconnect(bool orderly)
    {
        if (Flow is not { IsOpen: true } flow)
        {
            return;
        }

        world.Log.Note($"{Id} loses {flow.Id}");
        flow.Close();
        if (orderly)
        {
            Start(() => Until(
                () => world.Registration(user).FlowLost(Id, flow.Id), () => world.Gateway == flow.Gateway));
        }

        CutOff();
        // Longer than the grace of a leg, now and then.
        StartAfter(world.Strikes(Decision.StayAway, 0.4) ? world.Between(25, 60) : world.Between(0.3, 4), Connect);
    }

    /// <summary>Completes when no INVITE of this call is being admitted: see the gateway's InboundLegHandler.</summary>
    public Task Admitted(CallId call) => _admitting.GetValueOrDefault(call)?.Task ?? Task.CompletedTask;

    /// <summary>Does what a call commands on a leg, once for each sequence; see the gateway's FlowHandler.</summary>
    public Refusal? Perform(SimulatedFlow flow, LegCommand command)
    {
        var leg = flow.Find(command.Leg);
        if (leg is null)
        {
            return PerformUnknown(flow, command);
        }

        if (command.Sequence != 0 && !flow.Done.Add((command.Leg, command.Sequence)))
        {
            return null;
        }

        switch (command)
        {
            case EndLeg end:
                world.Log.Note($"{Id} leg {command.Leg} is ended: {end.Status} {end.Detail}");
                EndByCall(leg, end.Status);
                return null;
            case AnswerLeg when leg.Stage is LegStage.Calling:
                leg.Stage = LegStage.Established;
                Report(leg, new LegConfirmed(command.Leg.Number));
                OnEstablished(leg);
                return null;
            case AcknowledgeLeg when leg is { Stage: LegStage.Established, AwaitsAnswer: true }:
                leg.AwaitsAnswer = false;
                OnEstablished(leg);
                return null;
            case ReportDescription when leg.Stage is LegStage.Calling:
                Report(leg, new LegOffer(command.Leg.Number, Sdp("offer")));
                return null;
            case ReportDescription when leg is { Stage: LegStage.Established, Answer: { } given }:
                Report(leg, given);
                return null;
            case SendProgress when !leg.IsOver:
                return null;
            case InviteLeg:
                return null;
            case ForwardRequest request when leg.Stage is LegStage.Established:
                Report(leg, new LegResponse(command.Leg.Number, request.RequestLeg, request.Number, 200, null));
                return null;
            case ForwardResponse response:
                world.Auditor.Responded(command.Leg, response.Number, _requests);
                return null;
            default:
                return new Refusal(RefusalReason.Stale, $"The leg is past {command.GetType().Name}.");
        }
    }

    /// <summary>The device hangs up, cancels, or its leg broke.</summary>
    public void HangUp(DeviceLeg leg, LegEndCause? cause = null)
    {
        if (leg.IsOver)
        {
            return;
        }

        var how = cause ?? (leg.Stage is LegStage.Calling ? LegEndCause.Cancelled : LegEndCause.HungUp);
        End(leg);
        if (leg.Ref is { } known)
        {
            world.Log.Note($"{Id} ends leg {known}: {how}");
            Report(leg, new LegEnded(known.Number, how));
        }
    }

    /// <summary>In a turn of this device; a failure is shown to its user, and that is all.</summary>
    public void Try(Func<Task> deed) => Start(() => Attempt(deed));

    /// <summary>Holds the line, or goes on.</summary>
    public void Hold(DeviceLeg leg, bool held)
    {
        if (leg is { Stage: LegStage.Established, AwaitsAnswer: false, Ref: { } known })
        {
            Report(leg, new LegHeld(known.Number, held));
        }
    }

    protected static SdpText Sdp(string kind) => new($"v=0 {kind}");

    /// <summary>Gives an INVITE to a call; what the call commands meanwhile waits.</summary>
    protected async Task<LegAdmission> Admit(CallId call, Task<LegAdmission> invite)
    {
        var admission = new TaskCompletionSource();
        _admitting[call] = admission;
        try
        {
            return await invite;
        }
        finally
        {
            _admitting.Remove(call);
            // What waited runs when the leg is known, in another turn.
            Start(() =>
            {
                admission.SetResult();
                return Task.CompletedTask;
            });
        }
    }

    protected DialogState NewDialog(CallId call) => new(
        $"{Id}-{++_dialogs}",
        $"{call}-{_dialogs}",
        $"remote-{_dialogs}",
        "sip:us",
        $"sip:{user}",
        $"sip:{user}@x",
        [],
        1,
        1);

    /// <summary>Asks, and asks again while that fails and there is reason to.</summary>
    protected async Task Until(Func<Task> ask, Func<bool> going)
    {
        while (going())
        {
            try
            {
                await ask();
                return;
            }
            catch (Exception fault)
            {
                world.Log.Note($"{Id} tries again: {fault.GetType().Name}");
                await world.Time.Wait(TimeSpan.FromSeconds(1));
            }
        }
    }

    /// <summary>
    /// Tells the call, in order, until it took it: as the gateway does, and the device's hang-up after it.
    /// </summary>
    protected void Report(DeviceLeg leg, LegReport report)
    {
        var before = _reports;
        var done = new TaskCompletionSource();
        _reports = done.Task;
        Start(async () =>
        {
            await before;
            Refusal? refusal = null;
            await Until(async () => refusal = await world.Call(leg.Ref!.Value.Call).Report(report), () => true);
            done.SetResult();
            if (refusal is { Reason: RefusalReason.Stale or RefusalReason.NotFound } && !leg.IsOver)
            {
                EndByCall(leg, 481);
            }
        });
    }

    /// <summary>The gateway INVITEs the device.</summary>
    protected abstract Task OnInvite(DeviceLeg leg, InviteLeg invite);

    protected virtual void OnEstablished(DeviceLeg leg)
    {
        if (world.Strikes(Decision.SendRequest, world.Swarm.Restless))
        {
            WhileEstablished(leg, 30, () => Report(leg, new LegRequest(
                leg.Ref!.Value.Number, ++_requests, Random.Next(2) == 0 ? "INFO" : "INVITE", null)));
        }

        if (world.Strikes(Decision.HoldLine, world.Swarm.Restless))
        {
            WhileEstablished(leg, 20, () =>
            {
                Report(leg, new LegHeld(leg.Ref!.Value.Number, true));
                WhileEstablished(leg, 120, () => Report(leg, new LegHeld(leg.Ref!.Value.Number, false)));
            });
        }
    }

    /// <summary>After a while the device's user has had enough: she hangs up, or asks on her page.</summary>
    protected void GiveUpAfter(DeviceLeg leg, TimeSpan patience) => StartAfter(patience, async () =>
    {
        if (!leg.IsOver && leg.Ref is { } known && world.Strikes(Decision.AskToEnd, 0.2))
        {
            await Attempt(() => world.Call(known.Call).HangUp(new HangUpRequest(user, role)));
            await world.Time.Wait(TimeSpan.FromSeconds(5));
        }

        var broken = leg.Stage is LegStage.Established && world.Strikes(Decision.BreakLeg, 0.1);
        var waited = leg.Stage is LegStage.Calling;
        HangUp(leg, broken ? LegEndCause.Broken : null);
        if (waited)
        {
            OnGivenUp(leg);
        }
    });

    /// <summary>Tries once; a page shows its user an error and goes on.</summary>
    protected async Task Attempt(Func<Task> deed)
    {
        try
        {
            await deed();
        }
        catch (Exception fault)
        {
            world.Log.Note($"{Id} got no answer: {fault.GetType().Name}");
        }
    }

    /// <summary>The call ended a leg; the status is that of the refusal when the leg was not answered yet.</summary>
    protected virtual void OnEnded(DeviceLeg leg, int status)
    {
    }

    /// <summary>The device's user gave up an INVITE that waited.</summary>
    protected virtual void OnGivenUp(DeviceLeg leg)
    {
    }

    /// <summary>The connection was lost while this INVITE waited.</summary>
    protected virtual void OnPlaceLost(DeviceLeg leg)
    {
    }

    protected void Answer(DeviceLeg leg, bool lateOffer)
    {
        if (leg.Stage is not LegStage.Ringing)
        {
            return;
        }

        leg.Stage = LegStage.Established;
        leg.AwaitsAnswer = lateOffer;
        leg.Answer = new LegAnswered(leg.Ref!.Value.Number, leg.Dialog, Sdp(lateOffer ? "offer" : "answer"));
        Report(leg, leg.Answer);
        if (!lateOffer)
        {
            OnEstablished(leg);
            return;
        }

        StartAfter(TimeSpan.FromSeconds(32), () =>
        {
            if (leg.AwaitsAnswer)
            {
                HangUp(leg, LegEndCause.Broken);
            }

            return Task.CompletedTask;
        });
    }

    protected void Reject(DeviceLeg leg, int status)
    {
        if (leg.Stage is LegStage.Ringing)
        {
            End(leg);
            Report(leg, new LegRejected(leg.Ref!.Value.Number, status, "no"));
        }
    }

    /// <summary>
    /// After a loss a device asks again whether its leg still lives: its session timer (RFC 4028). The gateway asks the
    /// call, and answers 481 when it does not.
    /// </summary>
    private void RefreshSoon(DeviceLeg leg) => StartAfter(TimeSpan.FromSeconds(90), async () =>
    {
        var dialog = leg.Dialog;
        FoundLeg? found = null;
        await Until(
            async () => found = await world.Call(leg.Ref!.Value.Call)
                .FindLeg(user, dialog.CallIdHeader, dialog.LocalTag, dialog.RemoteTag),
            () => !leg.IsOver);
        if (found is null)
        {
            EndByCall(leg, 481);
        }
    });

    private void WhileEstablished(DeviceLeg leg, double within, Action deed) =>
        StartAfter(world.Between(0.5, within), () =>
        {
            if (leg.Stage is LegStage.Established && !leg.AwaitsAnswer)
            {
                deed();
            }

            return Task.CompletedTask;
        });

    private void CutOff()
    {
        foreach (var leg in Legs.Where(leg => leg.Stage is LegStage.Calling).ToArray())
        {
            End(leg);
            OnPlaceLost(leg);
        }

        // An INVITE that rings is lost with its connection as well; the call learns it from the registration.
        foreach (var leg in Legs.Where(leg => leg.Stage is LegStage.Ringing).ToArray())
        {
            End(leg);
        }
    }

    private void EndByCall(DeviceLeg leg, int status)
    {
        if (!leg.IsOver)
        {
            var was = leg.Stage;
            End(leg);
            OnEnded(leg, was is LegStage.Calling ? status : 0);
        }
    }

    private void End(DeviceLeg leg)
    {
        leg.Stage = LegStage.Over;
        Legs.Remove(leg);
    }

    private Refusal? PerformUnknown(SimulatedFlow flow, LegCommand command)
    {
        if (flow.WasHere(command.Leg))
        {
            return command is EndLeg or InviteLeg ? null : Stale;
        }

        switch (command)
        {
            case InviteLeg invite:
                var leg = new DeviceLeg(invite.Role, NewDialog(invite.Leg.Call))
                {
                    Ref = invite.Leg,
                    Stage = LegStage.Ringing,
                };
                Legs.Add(leg);
                flow.Add(leg);
                flow.Done.Add((invite.Leg, invite.Sequence));
                Start(() => OnInvite(leg, invite));
                StartAfter(invite.RingFor, () =>
                {
                    Reject(leg, 408);
                    return Task.CompletedTask;
                });
                return null;
            case EndLeg { Dialog: { } dialog } end:
                // A gateway that never saw the leg sends the BYE all the same; the device may have ended it meanwhile.
                if (Legs.FirstOrDefault(own => own.Dialog.CallIdHeader == dialog.CallIdHeader) is { } adopted)
                {
                    EndByCall(adopted, end.Status);
                }

                return null;
            case ForwardRequest request:
                Ask(request);
                return null;
            default:
                return Stale;
        }
    }

    /// <summary>A gateway that never saw the leg asks all the same; who knows no such dialog answers 481.</summary>
    private void Ask(ForwardRequest request)
    {
        var known = Legs.FirstOrDefault(own =>
            own.Stage is LegStage.Established && own.Dialog.CallIdHeader == request.Dialog.CallIdHeader);
        var leg = known ?? new DeviceLeg(LegRole.Caller, request.Dialog) { Ref = request.Leg, Stage = LegStage.Over };
        var status = known is null ? 481 : 200;
        Report(leg, new LegResponse(request.Leg.Number, request.RequestLeg, request.Number, status, null));
        if (known is null)
        {
            Report(leg, new LegEnded(request.Leg.Number, LegEndCause.Broken));
        }
    }

    private static Refusal Stale => new(RefusalReason.Stale, "This flow has no such leg.");

    private async Task<bool> Register(SimulatedFlow flow)
    {
        try
        {
            var result = await world.Registration(user).Register(new RegisterDevice(
                Id,
                flow.Id,
                flow.Gateway.Id,
                $"sip:{Id}@x.invalid",
                "192.0.2.7",
                1,
                $"reg-{Id}",
                ++_registers,
                600));
            return result.Refusal is null && flow.IsOpen;
        }
        catch (Exception fault)
        {
            world.Log.Note($"{Id} could not register: {fault.GetType().Name}");
            return false;
        }
    }

    private async Task Refresh(SimulatedFlow flow)
    {
        if (flow.IsOpen)
        {
            await Register(flow);
            StartAfter(TimeSpan.FromMinutes(4), () => Refresh(flow));
        }
    }
}
