using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;

using Vrs.Tests.Domain.Calls;
using static Vrs.Grains.Domain.Calls.CallEvent;

namespace Vrs.Tests.Simulation;

/// <summary>
/// What devices, pages and the clock can tell a call, in every state that a search of its machine reaches: a shell
/// delivers nothing else of the kind, so
/// whatever is not among it is out of reach, and whatever is must not be called so.
/// </summary>
public sealed class OutOfReachTests
{
    private static readonly HashSet<string> NotOfThisKind =
    [
        nameof(CallerInvited),
        nameof(CallerReturned),
        nameof(QueueJoined),
        nameof(PositionChanged),
        nameof(Overflowed),
        nameof(InterpreterReserved),
        nameof(OfferAccepted),
        nameof(OfferDeclined),
        nameof(DialRequested),
        nameof(CallbackRequested),
    ];

    private static readonly Lazy<HashSet<(Enum From, string Event)>> Told = new(() =>
    [
        .. from state in CallReachabilityTests.Reached
           from happening in Tellable(state)
           select ((Enum)state.Phase, happening.GetType().Name),
    ]);

    [Fact]
    public void What_can_be_told_is_not_out_of_reach() => None(
        from cell in Coverage.Cells
        where Told.Value.Contains((cell.From, cell.Event)) && OutOfReach.Holds(cell)
        select Coverage.Name(cell));

    [Fact]
    public void What_cannot_be_told_is_out_of_reach() => None(
        from cell in Coverage.Cells
        where cell.From is CallPhase
            && !NotOfThisKind.Contains(cell.Event)
            && !Told.Value.Contains((cell.From, cell.Event))
            && !OutOfReach.Holds(cell)
        select Coverage.Name(cell));

    private static void None(IEnumerable<string> cells) => Assert.Equal("", string.Join(", ", cells));

    private static IEnumerable<CallEvent> Tellable(CallState state) =>
    [
        .. CallInputs.Running(state),
        .. CallSamples.FromPages(state),
        .. Located(state),
        .. FromLine(state),
        .. state.Legs.SelectMany(leg => Reports(state.Phase, leg.Number))
            .Select(report => CallInputs.FromReport(state, report))
            .OfType<CallEvent>(),
        .. state.Legs.SelectMany(leg => new[]
        {
            CallInputs.FromFlow(state, leg.Number, up: true),
            CallInputs.FromFlow(state, leg.Number, up: false),
        }).OfType<CallEvent>(),
    ];

    private static IEnumerable<CallEvent> FromLine(CallState state) =>
        CallInputs.FromLine(state, new Refusal(RefusalReason.Closed, "Closed.")) is { } refused ? [refused] : [];

    /// <summary>
    /// Devices are told once for a leg of the interpreter's who asked, as long as it lives: before they ring.
    /// </summary>
    private static IEnumerable<CallEvent> Located(CallState state) => state.Legs.SelectMany<Leg, CallEvent>(leg =>
        leg.Role switch
        {
            _ when state.Legs.Any(other => other.Number > leg.Number) => [],
            LegRole.InterpreterToCallee => [new CalleeLocated(leg.Number, [])],
            LegRole.InterpreterToCaller when state.Callback is not null => [new CallerLocated(leg.Number, [])],
            _ => [],
        });

    /// <summary>A device that waits for the answer to its offer does not hold.</summary>
    private static IEnumerable<LegReport> Reports(CallPhase phase, int leg) =>
    [
        .. phase is CallPhase.Connecting
            ? Array.Empty<LegReport>()
            : [new LegHeld(leg, true), new LegHeld(leg, false)],
        new LegRinging(leg),
        new LegAnswered(leg, CallSamples.Dialog("answer"), new SdpText("v=0")),
        new LegRejected(leg, 480, "no"),
        new LegEnded(leg, LegEndCause.HungUp),
        new LegEnded(leg, LegEndCause.Cancelled),
        new LegEnded(leg, LegEndCause.Broken),
    ];
}
