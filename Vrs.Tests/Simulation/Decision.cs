using System.Collections.Immutable;

namespace Vrs.Tests.Simulation;

/// <summary>
/// What chance may decide in a run, beyond the order of turns and how long things take: each is one thing that happens,
/// and that a run can be repeated without.
/// </summary>
internal enum Decision
{
    LoseMessage,
    DoubleMessage,
    DelayMessage,
    FailBeforeWrite,
    FailAfterWrite,
    FailReminder,
    FailRecord,
    DropActivation,
    LoseConnection,
    StayAway,
    RestartGateway,
    Crash,
    StepClock,
    PlaceCall,
    HangUp,
    GiveUpPlace,
    RefuseOffer,
    RefuseLeg,
    LeaveWork,
    ChangeConsole,
    LongerWrapUp,
    LeaveLegUnanswered,
    BreakLeg,
    WantColleague,
    DismissColleague,
    HoldLine,
    SendRequest,
    AskToEnd,
    Operate,
    Dawdle,
    WishForSomebody,
    WantCallback,
    CancelCallback,
    CallAgain,
    PressWrongButton,
    UseStaleCall,
    FollowAim,
}

/// <summary>One decision that was taken.</summary>
/// <param name="What">What was decided.</param>
/// <param name="Number">Its number among its kind, from 1.</param>
internal readonly record struct Choice(Decision What, int Number);

/// <summary>What a run is repeated with.</summary>
/// <param name="Only">
/// The decisions that may be taken; null for all. So what goes another way brings nothing new with it.
/// </param>
/// <param name="Storm">How long the storm lasts at most; null as long as the seed says.</param>
/// <param name="IsSteady">
/// Whether turns come in one order and messages and writes take one time each. A run is then the same after a decision
/// less, but for what that decision changed.
/// </param>
internal sealed record Cut(ImmutableHashSet<Choice>? Only, TimeSpan? Storm, bool IsSteady)
{
    public static Cut None { get; } = new(null, null, IsSteady: false);
}
