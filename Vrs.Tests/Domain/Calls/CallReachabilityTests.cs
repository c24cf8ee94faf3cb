using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using static Vrs.Grains.Domain.Calls.CallEvent;

namespace Vrs.Tests.Domain.Calls;

/// <summary>
/// Every state a call can reach, times everything that can happen to it: a breadth-first search. The ledger is checked
/// at each step, so it holds along every path.
/// </summary>
public sealed class CallReachabilityTests
{
    private static readonly Lazy<Search> Done = new(() => new Search());

    /// <summary>Every state that the search reached, of those with the same shape one.</summary>
    internal static IEnumerable<CallState> Reached => Done.Value.Reached;

    [Fact]
    public void Every_step_of_the_table_is_reached()
    {
        var steps =
            from phase in Enum.GetValues<CallPhase>()
            from type in CallMachine.Table.Events
            where CallMachine.Table.KindOf(phase, type) is RowKind.Step
            select (phase, type.Name);

        Assert.Equal("", string.Join(", ", steps.Except(Done.Value.Taken).Order()));
    }

    [Fact]
    public void The_search_is_of_an_honest_size() => Assert.InRange(Done.Value.States.Count, 200, 40_000);

    [Fact]
    public void Whoever_is_reserved_is_held_or_let_go() => Each(step =>
    {
        var owed = Held(step.Before)
            .Concat(step.Event is InterpreterReserved reserved ? Offer(reserved.Reservation) : [])
            .Except(Released(step))
            .Except(step is { Moved: true, Event: OfferDeclined no } ? [(no.Interpreter, no.Offer)] : [])
            .Distinct();

        return owed.ToHashSet().SetEquals(Held(step.After));
    });

    [Fact]
    public void There_is_exactly_one_record() => Each(step =>
    {
        var records = step.Effects.Count(effect => effect is CallEffect.WriteRecord);
        return records == (step is { Before.IsOver: false, After.IsOver: true } ? 1 : 0);
    });

    [Fact]
    public void Every_phase_but_the_conversation_has_a_deadline() => Each(step =>
        step.After.Phase is CallPhase.New or CallPhase.Relaying or CallPhase.Ended || !step.After.Deadlines.IsEmpty);

    /// <summary>So no deadline is ever delivered in a phase that does not wait for it, and none falls twice.</summary>
    [Fact]
    public void A_deadline_that_runs_is_a_step_when_it_falls_and_runs_no_more() => Each(step =>
        CallInputs.Running(step.After).All(deadline =>
            CallMachine.Apply(step.After, deadline with { At = CallSamples.Start.AddDays(1) }) is var fallen
            && fallen.Kind is RowKind.Step
            && !CallInputs.Running(fallen.Next).Contains(deadline)));

    [Fact]
    public void Every_interrupted_leg_has_its_grace_and_no_other_has() => Each(step =>
        step.After.Legs.All(leg => (leg.State is LegState.Interrupted) == (leg.Grace is not null)));

    [Fact]
    public void The_end_absorbs() => Each(step => !step.Before.IsOver || step.After == step.Before);

    [Fact]
    public void A_call_that_is_over_has_nothing_left() => Each(step =>
        !step.After.IsOver
        || (step.After is { Legs.IsEmpty: true, Interpreter: null, Deadlines.IsEmpty: true, Facts.EndedAt: not null }
            && step.After is { Colleague: null, EndReason: not EndReason.None }));

    [Fact]
    public void Whoever_ends_or_is_served_leaves_the_line() => Each(step =>
        step.Before.Phase == step.After.Phase
        || step.After.Phase is not CallPhase.Ended
        || step.Effects.Any(effect => effect is CallEffect.LeaveQueue));

    [Fact]
    public void A_leg_that_is_gone_is_detached_and_ended_unless_its_device_ended_it() => Each(step =>
    {
        var gone = step.Before.Legs.Select(leg => leg.Number).Except(step.After.Legs.Select(leg => leg.Number)).Order();
        var detached = step.Effects.OfType<CallEffect.Detach>().Select(effect => effect.Leg).Order();
        var ended = step.Effects.OfType<CallEffect.End>().Select(effect => effect.Leg);
        return gone.SequenceEqual(detached) && !ended.Except(gone).Any();
    });

    [Fact]
    public void A_leg_that_its_device_ended_is_not_ended_again() => Each(step =>
    {
        var ended = step.Event switch
        {
            CallerHungUp hungUp => hungUp.Leg,
            InterpreterHungUp hungUp => hungUp.Leg,
            CalleeHungUp hungUp => hungUp.Leg,
            DialEnded hungUp => hungUp.Leg,
            CalleeRejected rejected => rejected.Leg,
            InterpreterRejected rejected => rejected.Leg,
            CallerRejected rejected => rejected.Leg,
            CallerAway away => away.Leg,
            _ => 0,
        };
        return step.Effects.OfType<CallEffect.End>().All(effect => effect.Leg != ended);
    });

    [Fact]
    public void A_new_leg_is_attached_or_invited() => Each(step =>
    {
        var made = step.After.Legs.Where(leg => leg.Number > step.Before.LastLeg).Select(leg => leg.Number).Order();
        var begun = step.Effects.OfType<CallEffect.LegEffect>()
            .Where(effect => effect is CallEffect.Attach or CallEffect.Invite)
            .Select(effect => effect.Leg)
            .Order();
        return made.SequenceEqual(begun);
    });

    [Fact]
    public void Only_connected_phases_have_an_interpreter_who_accepted() => Each(step =>
        !step.After.Accepted || step.After.Phase >= CallPhase.Connecting);

    [Fact]
    public void A_second_interpreter_is_there_only_beside_a_first() => Each(step =>
        step.After.Colleague is null
        || (step.After is { Accepted: true, Interpreter: not null }
            && step.After.Phase is CallPhase.Connected or CallPhase.Dialing or CallPhase.Relaying));

    [Fact]
    public void Whatever_is_awaited_of_a_second_interpreter_has_a_deadline() => Each(step =>
    {
        var kinds = step.After.Deadlines.Where(armed => armed.IsColleagues).Select(armed => armed.Kind).ToList();
        DeadlineKind[] expected = step.After.Colleague switch
        {
            { Stage: ColleagueStage.Sought } => [DeadlineKind.Colleague],
            { Stage: ColleagueStage.Asked } => [DeadlineKind.ColleagueOffer],
            { Stage: ColleagueStage.Joining } => [DeadlineKind.ColleagueSetup],
            { Purpose: ColleaguePurpose.Relief } when step.After.Phase is CallPhase.Relaying =>
                [DeadlineKind.ColleagueSetup],
            _ => [],
        };
        return kinds.SequenceEqual(expected);
    });

    [Fact]
    public void Only_a_second_interpreter_who_comes_has_a_side_of_the_call() => Each(step =>
        step.After.Colleague is { Stage: >= ColleagueStage.Joining } || !step.After.Legs.Any(leg => leg.Colleague));

    [Fact]
    public void Who_supports_is_shown_to_the_Deaf_party_and_is_there_only_while_that_party_is() => Each(step =>
        step.After is not { Colleague.Purpose: ColleaguePurpose.Support } after
        || (after.Legs.All(leg => leg is not { Role: LegRole.Caller, Colleague: true }
                || leg.User == (after.Direction is CallDirection.DeafToHearing
                    ? CallSamples.Caller.User
                    : CallSamples.Callee))
            && (after.Direction is CallDirection.DeafToHearing || after.Phase is CallPhase.Relaying)));

    [Fact]
    public void A_leg_of_the_caller_that_serves_is_on_the_callers_device() => Each(step =>
        step.After.Legs.All(leg => leg is not { Role: LegRole.Caller, Colleague: false }
            || leg.User == CallSamples.Caller.User));

    [Fact]
    public void Nothing_that_fails_on_a_second_interpreters_side_touches_the_conversation() => Each(step =>
        !step.Moved
        || step.Event is not (ColleagueDismissed or ColleagueHungUp or ColleagueLost or ColleagueElapsed
            or ColleagueOfferElapsed or ColleagueSetupElapsed)
        || (step.After.Phase == step.Before.Phase
            && step.After.Interpreter == step.Before.Interpreter
            && step.After.Legs.SequenceEqual(step.Before.Legs.Where(leg => !leg.Colleague))));

    [Fact]
    public void Who_is_relieved_is_let_go_only_when_her_successor_has_every_party() => Each(step =>
        step.After.Facts.Reliefs == step.Before.Facts.Reliefs
        || (step.After.Interpreter == step.Before.Colleague!.Interpreter
            && step.After.FindLeg(LegRole.Caller) is { State: LegState.Established or LegState.Interrupted }
            && (step.After.Phase is not CallPhase.Relaying
                || step.After.FindLeg(LegRole.Callee) is { State: LegState.Established })));

    [Fact]
    public void The_other_party_is_called_only_while_an_interpreter_waits_for_her() => Each(step =>
        step.After.Legs.All(leg => leg is not { Role: LegRole.Callee, State: LegState.Inviting or LegState.Ringing }
            || (step.After.Phase is CallPhase.Dialing && !leg.Colleague)
            || (step.After is { Phase: CallPhase.Relaying, Colleague: not null } && leg.Colleague)));

    [Fact]
    public void A_conversation_that_began_before_the_end_has_ended_with_it() => Each(step =>
        !step.After.IsOver || step.After.Facts is not { ConversationStart: not null, ConversationEnd: null });

    private static void Each(Func<Step, bool> holds)
    {
        var broken = Done.Value.Steps.FirstOrDefault(step => !holds(step));

        Assert.True(broken is null, broken?.ToString());
    }

    private static IEnumerable<(InterpreterId, long)> Held(CallState state) =>
        Offer(state.Interpreter).Concat(Offer(state.Colleague?.Interpreter));

    private static IEnumerable<(InterpreterId, long)> Offer(Reservation? reservation) =>
        reservation is null ? [] : [(reservation.Interpreter, reservation.Offer)];

    private static IEnumerable<(InterpreterId, long)> Released(Step step) =>
        step.Effects.OfType<CallEffect.ReleaseInterpreter>().Select(effect => (effect.Interpreter, effect.Offer));

    private sealed record Step(CallState Before, CallEvent Event, Transition<CallState, CallEffect> Transition)
    {
        public bool Moved => Transition.Kind is RowKind.Step;

        public CallState After => Transition.Next;

        public IEnumerable<CallEffect> Effects => Transition.Effects;

        public override string ToString() =>
            $"{CallSamples.Shape(Before)}\n + {Event}\n = {CallSamples.Shape(After)}\n"
            + $" owes {string.Join("\n      ", Effects)}";
    }

    private sealed class Search
    {
        public Search()
        {
            var waiting = new Queue<CallState>();
            Visit(new CallState(), waiting);
            foreach (var priority in new[] { PriorityClass.Standard, PriorityClass.Emergency })
            {
                Visit(CallMachine.Apply(new CallState(), CallSamples.Invited(priority)).Next, waiting);
            }

            var inbound = CallSamples.Invited(direction: CallDirection.HearingToDeaf);
            Visit(CallMachine.Apply(new CallState(), inbound).Next, waiting);

            while (waiting.TryDequeue(out var state))
            {
                foreach (var happening in CallSamples.Everything(state))
                {
                    var transition = CallMachine.Apply(state, happening);
                    Steps.Add(new Step(state, happening, transition));
                    if (transition.Kind is RowKind.Step)
                    {
                        Taken.Add((state.Phase, happening.GetType().Name));
                        Visit(transition.Next, waiting);
                    }
                }
            }
        }

        public HashSet<string> States { get; } = [];

        public List<CallState> Reached { get; } = [];

        public List<Step> Steps { get; } = [];

        public HashSet<(CallPhase, string)> Taken { get; } = [];

        /// <summary>
        /// Legs lose their connections and phones ring independently, and with two interpreters there are many: the
        /// step into a second trouble at once is checked, and not followed further.
        /// </summary>
        private void Visit(CallState state, Queue<CallState> waiting)
        {
            var ringing = state.Legs.Count(leg => leg is { Role: LegRole.Callee, State: not LegState.Established });
            var troubles = state.Legs.Count(leg => leg.State is LegState.Interrupted || leg.Hold is not null)
                + Math.Max(0, ringing - 1)
                + Math.Sign(state.BestRejection);
            if ((state.Colleague is null || troubles < 2) && States.Add(CallSamples.Shape(state)))
            {
                waiting.Enqueue(state);
                Reached.Add(state);
            }
        }
    }
}
