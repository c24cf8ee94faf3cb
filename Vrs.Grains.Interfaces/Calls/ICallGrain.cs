namespace Vrs.Grains.Interfaces.Calls;

/// <summary>
/// One relay call; keyed by <see cref="CallId"/>. Every method is one event of the call machine: it is applied and
/// persisted before the task completes, and what follows from it (messages to queues, interpreters, devices) happens
/// after. All of them may be repeated safely.
/// </summary>
[Alias("vrs.ICallGrain")]
public interface ICallGrain : IGrainWithStringKey
{
    /// <summary>A caller's INVITE opens the call; becomes leg 1.</summary>
    [Alias("Start")]
    Task<LegAdmission> Start(StartCall request);

    /// <summary>A caller who lost her connection while waiting takes her place again with a new INVITE.</summary>
    [Alias("Resume")]
    Task<LegAdmission> Resume(ResumeCall request);

    /// <summary>The interpreter's INVITE dials the other party.</summary>
    [Alias("Dial")]
    Task<LegAdmission> Dial(DialCallee request);

    /// <summary>A gateway tells what happened on a leg. Refused as stale when the call has no such live leg.</summary>
    [Alias("Report")]
    Task<Refusal?> Report(LegReport report);

    /// <summary>A registration grain tells that a leg's device lost its flow, or has one again.</summary>
    [Alias("FlowChanged")]
    Task FlowChanged(int leg, bool up);

    /// <summary>The leg with this dialog, if it is live and its device belongs to the user; else null.</summary>
    [Alias("FindLeg")]
    Task<FoundLeg?> FindLeg(UserId user, string callIdHeader, string localTag, string remoteTag);

    /// <summary>The queue of one pool has let the call go: it is to stand in another's line, by its age.</summary>
    [Alias("Overflowed")]
    Task Overflowed(PoolId from, PoolId to, DateTimeOffset since);

    /// <summary>The queue reserved an interpreter for this call.</summary>
    [Alias("InterpreterReserved")]
    Task InterpreterReserved(Reservation reservation);

    /// <summary>The call's place in line changed.</summary>
    [Alias("PositionChanged")]
    Task PositionChanged(QueuePosition position);

    /// <summary>The interpreter accepted the offer of this number.</summary>
    [Alias("OfferAccepted")]
    Task OfferAccepted(InterpreterId interpreter, long offer);

    /// <summary>The interpreter declined the offer of this number, or went away while holding it.</summary>
    [Alias("OfferDeclined")]
    Task OfferDeclined(InterpreterId interpreter, long offer);

    /// <summary>The waiting caller asks to be called back instead; she keeps her place in line.</summary>
    [Alias("RequestCallback")]
    Task<Refusal?> RequestCallback(UserId caller);

    /// <summary>A page or an operator asks to end the call.</summary>
    [Alias("HangUp")]
    Task<Refusal?> HangUp(HangUpRequest request);

    /// <summary>The serving interpreter or an operator asks for a second interpreter: relief or support.</summary>
    [Alias("AskForColleague")]
    Task<Refusal?> AskForColleague(ColleagueRequest request);

    /// <summary>The search for a second interpreter is cancelled, or she leaves or is sent away.</summary>
    [Alias("DismissColleague")]
    Task<Refusal?> DismissColleague(HangUpRequest request);

    /// <summary>What pages may see, or null when there is no such call.</summary>
    [Alias("GetView")]
    Task<CallView?> GetView();
}
