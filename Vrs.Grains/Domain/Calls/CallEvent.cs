using Vrs.Grains.Domain.Machines;

namespace Vrs.Grains.Domain.Calls;

/// <summary>Everything that can happen to a call. Closed: the nested records are all there are.</summary>
public abstract record CallEvent : MachineEvent
{
    private CallEvent()
    {
    }

    /// <summary>The caller's INVITE opens the call.</summary>
    public sealed record CallerInvited(
        CallId Call,
        SessionId Session,
        CallDirection Direction,
        Party Caller,
        string DialedNumber,
        PoolId Pool,
        PriorityClass Priority,
        ImmutableArray<string> RequiredSkills,
        string Url,
        DialogState Dialog,
        CallDeadlines Limits,
        InterpreterPreference? Preference = null) : CallEvent;

    /// <summary>A caller who lost her connection while waiting is back with a new INVITE.</summary>
    public sealed record CallerReturned(Party Caller, DialogState Dialog) : CallEvent;

    /// <summary>The connection of a caller who still waits is lost, and her INVITE with it.</summary>
    public sealed record CallerAway(int Leg) : CallEvent;

    /// <summary>The caller's device answered the INVITE that moves it to another interpreter.</summary>
    public sealed record CallerAnswered(int Leg, DialogState Dialog) : CallEvent;

    /// <summary>The caller's device did not take that INVITE.</summary>
    public sealed record CallerRejected(int Leg, int Status) : CallEvent;

    /// <summary>The caller hung up or gave up: her device ended this leg, or (0) she asked on her page.</summary>
    public sealed record CallerHungUp(int Leg = 0) : CallEvent;

    /// <summary>The caller's connected leg is lost for good.</summary>
    public sealed record CallerLost : CallEvent;

    /// <summary>The queue took the call.</summary>
    public sealed record QueueJoined : CallEvent;

    /// <summary>The queue did not take the call.</summary>
    public sealed record QueueRefused(Refusal Refusal) : CallEvent;

    /// <summary>The call's place in line changed.</summary>
    public sealed record PositionChanged(QueuePosition Position) : CallEvent;

    /// <summary>The call has left the line of one pool; another is to serve it, by the age it has.</summary>
    public sealed record Overflowed(PoolId From, PoolId To, DateTimeOffset Since) : CallEvent;

    /// <summary>The queue reserved an interpreter.</summary>
    public sealed record InterpreterReserved(Reservation Reservation) : CallEvent;

    /// <summary>She accepted the offer of this number.</summary>
    public sealed record OfferAccepted(InterpreterId Interpreter, long Offer) : CallEvent;

    /// <summary>She declined the offer of this number, or went away while holding it.</summary>
    public sealed record OfferDeclined(InterpreterId Interpreter, long Offer) : CallEvent;

    /// <summary>The interpreter's device answered.</summary>
    public sealed record InterpreterAnswered(int Leg, DialogState Dialog) : CallEvent;

    /// <summary>The interpreter's device did not take our INVITE.</summary>
    public sealed record InterpreterRejected(int Leg, int Status) : CallEvent;

    /// <summary>The interpreter hung up: her device ended this leg, or (0) she asked on her page.</summary>
    public sealed record InterpreterHungUp(int Leg = 0) : CallEvent;

    /// <summary>A connected leg of the interpreter is lost for good.</summary>
    public sealed record InterpreterLost(int Leg) : CallEvent;

    /// <summary>The interpreter dials the other party, or rejoins one who is still there.</summary>
    public sealed record DialRequested(
        Party Interpreter, string? Number, UserId? Callee, DialogState Dialog) : CallEvent;

    /// <summary>The interpreter ended the leg with which she dialed, and no other.</summary>
    public sealed record DialEnded(int Leg) : CallEvent;

    /// <summary>The called party's device is alerting.</summary>
    public sealed record CalleeRinging(int Leg) : CallEvent;

    /// <summary>
    /// The registration told the called party's devices, newest first; <paramref name="Dialer"/>: the leg on which she
    /// was dialed.
    /// </summary>
    public sealed record CalleeLocated(int Dialer, ImmutableArray<CalleeDevice> Devices) : CallEvent;

    /// <summary>The called party answered.</summary>
    public sealed record CalleeAnswered(int Leg, DialogState Dialog) : CallEvent;

    /// <summary>The called party did not answer: busy, declined, no answer, or no device.</summary>
    public sealed record CalleeRejected(int Leg, int Status) : CallEvent;

    /// <summary>
    /// The called party hung up: her device ended this leg, or (0) she asked on her page, or her leg is lost for good.
    /// </summary>
    public sealed record CalleeHungUp(int Leg = 0) : CallEvent;

    /// <summary>A leg's device is alerting.</summary>
    public sealed record LegAlerting(int Leg) : CallEvent;

    /// <summary>The connection of a leg's device is lost; the media may well go on.</summary>
    public sealed record FlowLost(int Leg) : CallEvent;

    /// <summary>It is back.</summary>
    public sealed record FlowBack(int Leg) : CallEvent;

    /// <summary>The serving interpreter or an operator wants a second interpreter.</summary>
    public sealed record ColleagueWanted(ColleaguePurpose Purpose) : CallEvent;

    /// <summary>The search is cancelled, or she is sent away, or she leaves by herself.</summary>
    public sealed record ColleagueDismissed(bool ByHerself) : CallEvent;

    /// <summary>A second interpreter's device ended one of her legs.</summary>
    public sealed record ColleagueHungUp(int Leg) : CallEvent;

    /// <summary>A connected leg on her side is lost for good.</summary>
    public sealed record ColleagueLost(int Leg) : CallEvent;

    /// <summary>The device of this leg put the other side on hold.</summary>
    public sealed record HoldBegan(int Leg) : CallEvent;

    /// <summary>It took the other side back.</summary>
    public sealed record HoldEnded(int Leg) : CallEvent;

    /// <summary>The hold of this number has lasted longer than it should.</summary>
    public sealed record HoldLasted(int Leg, long Number) : CallEvent;

    /// <summary>The waiting caller asks to be called back.</summary>
    public sealed record CallbackRequested : CallEvent;

    /// <summary>
    /// The registration told the devices of the caller to call back, newest first; <paramref name="For"/>: the
    /// interpreter's leg she is called for.
    /// </summary>
    public sealed record CallerLocated(int For, ImmutableArray<CalleeDevice> Devices) : CallEvent;

    /// <inheritdoc cref="AdmissionElapsed"/>
    public sealed record CallbackElapsed(long Number) : CallEvent;

    /// <inheritdoc cref="AdmissionElapsed"/>
    public sealed record CallbackRingElapsed(long Number) : CallEvent;

    /// <summary>An operator ends the call.</summary>
    public sealed record OperatorEnded : CallEvent;

    /// <summary>A deadline fell.</summary>
    public sealed record AdmissionElapsed(long Number) : CallEvent;

    /// <inheritdoc cref="AdmissionElapsed"/>
    public sealed record WaitElapsed(long Number) : CallEvent;

    /// <inheritdoc cref="AdmissionElapsed"/>
    public sealed record HoldElapsed(long Number) : CallEvent;

    /// <inheritdoc cref="AdmissionElapsed"/>
    public sealed record OfferElapsed(long Number) : CallEvent;

    /// <inheritdoc cref="AdmissionElapsed"/>
    public sealed record SetupElapsed(long Number) : CallEvent;

    /// <inheritdoc cref="AdmissionElapsed"/>
    public sealed record IdleElapsed(long Number) : CallEvent;

    /// <inheritdoc cref="AdmissionElapsed"/>
    public sealed record RedialElapsed(long Number) : CallEvent;

    /// <inheritdoc cref="AdmissionElapsed"/>
    public sealed record RingElapsed(long Number) : CallEvent;

    /// <inheritdoc cref="AdmissionElapsed"/>
    public sealed record RecoveryElapsed(long Number) : CallEvent;

    /// <inheritdoc cref="AdmissionElapsed"/>
    public sealed record ColleagueElapsed(long Number) : CallEvent;

    /// <inheritdoc cref="AdmissionElapsed"/>
    public sealed record ColleagueOfferElapsed(long Number) : CallEvent;

    /// <inheritdoc cref="AdmissionElapsed"/>
    public sealed record ColleagueSetupElapsed(long Number) : CallEvent;
}
