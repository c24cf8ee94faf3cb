using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Tests.Domain.Calls;

namespace Vrs.Tests.Domain.Product;

/// <summary>What may happen next: to messages, to people and their devices, to deadlines.</summary>
internal sealed partial record MachineNetwork
{
    /// <summary>All of it, grouped by whom it happens to.</summary>
    /// <param name="happenings">What may happen to a call, its deadlines apart.</param>
    public IEnumerable<IEnumerable<Choice>> Choices(Func<CallState, IEnumerable<CallEvent>> happenings)
    {
        foreach (var lane in Lanes.Keys)
        {
            yield return Deliveries(lane);
        }

        foreach (var late in Late.Distinct())
        {
            yield return [new("late", late, () => (this with { Late = Late.Remove(late) }).Carried(late))];
        }

        for (var call = 0; call < Calls.Length; call++)
        {
            yield return Happenings(call, happenings);
        }

        for (var who = 0; who < Interpreters.Length; who++)
        {
            yield return Happenings(who);
        }

        if (Queue.Index.NextDue is not null)
        {
            yield return [new("queue's deadline", null, Ticked)];
        }

        if (!Queue.Tickets.IsEmpty)
        {
            yield return [new("positions told", null, ToldPositions)];
        }
    }

    /// <summary>
    /// What devices and people do to a call that matters to interpreters and queue. What is between a call and its
    /// devices only (ringing, holds, dialing, lost connections that come back) is left to the search of a call alone.
    /// </summary>
    public static IEnumerable<CallEvent> Essential(CallState state)
    {
        foreach (var leg in state.Legs)
        {
            LegReport[] reports = leg switch
            {
                { State: LegState.Established } =>
                    [new LegEnded(leg.Number, LegEndCause.HungUp), new LegEnded(leg.Number, LegEndCause.Broken)],
                { Opened: true } =>
                    [
                        new LegAnswered(leg.Number, CallSamples.Dialog($"leg{leg.Number}"), new("v=0")),
                        new LegRejected(leg.Number, 486, "Busy"),
                    ],
                _ => [new LegEnded(leg.Number, LegEndCause.HungUp), new LegEnded(leg.Number, LegEndCause.Broken)],
            };
            foreach (var happening in reports.Select(report => CallInputs.FromReport(state, report)))
            {
                if (happening is not null)
                {
                    yield return happening;
                }
            }
        }

        if (state.CallerAway)
        {
            yield return new CallEvent.CallerReturned(CallSamples.Caller, CallSamples.Dialog("back"));
        }

        if (state is { Phase: CallPhase.Connected, Colleague: null })
        {
            yield return new CallEvent.ColleagueWanted(ColleaguePurpose.Relief);
        }
    }

    /// <summary>Whatever devices and pages may do to a call.</summary>
    public static IEnumerable<CallEvent> Everything(CallState state) =>
        CallSamples.FromDevices(state).Concat(CallSamples.FromPages(state));

    /// <summary>
    /// What happens when faults have stopped and nobody does anything any more: every message arrives, deadlines fall
    /// one after the other, and an operator ends what would go on for ever. Null when nothing is left to happen.
    /// </summary>
    public Choice? AtRest()
    {
        if (!Lanes.IsEmpty)
        {
            var lane = Lanes.First();
            return new("delivered", lane.Value.Peek(), () => Delivered(lane.Key));
        }

        if (!Late.IsEmpty)
        {
            return new("late", Late[0], () => (this with { Late = Late.RemoveAt(0) }).Carried(Late[0]));
        }

        if (NextDeadline() is { } deadline)
        {
            return deadline;
        }

        var talking = Calls.FirstOrDefault(call => call.Phase is CallPhase.Relaying);
        return talking is not null
            ? new("operator", talking.Call, () => Call(IndexOf(talking.Call), new CallEvent.OperatorEnded()))
            : Queue.Tickets.IsEmpty ? null : new("positions told", null, ToldPositions);
    }

    private Choice? NextDeadline()
    {
        var deadlines = new List<(DateTimeOffset Due, Choice Choice)>();
        for (var i = 0; i < 2; i++)
        {
            var index = i;
            if (CallInputs.NextDue(Calls[i]) is { } due)
            {
                var fallen = CallInputs.Fallen(Calls[i], due)!;
                deadlines.Add((due, new($"call{i}", fallen, () => At(due).Call(index, fallen))));
            }

            if (Interpreters[i] is { Deadline: { } end, LastDeadline: var number })
            {
                deadlines.Add((end, new(
                    Names[i].Value,
                    "deadline",
                    () => At(end).Interpreter(index, new InterpreterEvent.Elapsed(number)))));
            }
        }

        if (Queue.Index.NextDue is { } next)
        {
            deadlines.Add((next, new("queue's deadline", null, () => At(next).Ticked())));
        }

        return deadlines.Count == 0 ? null : deadlines.MinBy(deadline => deadline.Due).Choice;
    }

    private MachineNetwork At(DateTimeOffset time) => time > Now ? this with { Now = time } : this;

    private IEnumerable<Choice> Deliveries(string lane)
    {
        var first = Lanes[lane].Peek();
        yield return new("delivered", first, () => Delivered(lane));
        yield return new("delivered, and sent again", first, () => Carried(first));
        if (LetterOf(first) is { } letter && Letters.IsQuestion(letter))
        {
            yield return new("delivered, and its answer lost", first, () => Carried(first, answered: false));
        }

        if (Late.Length < MostLate)
        {
            yield return new("astray, and sent again", first, () => this with { Late = Late.Add(first) });
        }
    }

    private IEnumerable<Choice> Happenings(int call, Func<CallState, IEnumerable<CallEvent>> happenings)
    {
        var state = Calls[call];
        var events = state.Phase is CallPhase.New
            ? [CallSamples.Invited(call: $"call{call}")]
            : happenings(state).Concat(CallInputs.Running(state));
        return events.Select(happening => new Choice($"call{call}", happening, () => Call(call, happening)));
    }

    private IEnumerable<Choice> Happenings(int who)
    {
        var state = Interpreters[who];
        if (state.Status is InterpreterStatus.SignedOut)
        {
            yield return new(Names[who].Value, "signs in", () => SignedIn(who));
        }

        List<InterpreterEvent> events =
            [new InterpreterEvent.ConsolesChanged(state.Live.IsEmpty ? [Console(who)] : [])];
        if (state.Status is InterpreterStatus.WrapUp or InterpreterStatus.Break)
        {
            events.Add(new InterpreterEvent.GoAvailable());
        }

        if (state is { Status: InterpreterStatus.Reserved, Held: { } held })
        {
            events.Add(new InterpreterEvent.Accept(held.Call, held.Offer));
            events.Add(new InterpreterEvent.Decline(held.Call, held.Offer));
        }

        if (state.Deadline is not null)
        {
            events.Add(new InterpreterEvent.Elapsed(state.LastDeadline));
        }

        foreach (var happening in events)
        {
            yield return new(Names[who].Value, happening, () => Interpreter(who, happening));
        }
    }
}
