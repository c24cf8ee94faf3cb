using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Grains.Interfaces.Registrations;
using Vrs.Tests.Domain.Calls;

namespace Vrs.Tests.Domain.Product;

/// <summary>
/// Two calls, two interpreters and their queue as pure machines. Between them are the lanes of their outboxes: each
/// message arrives at least once and in the order of its lane, but also again, much later, and in any order across
/// lanes.
/// </summary>
internal sealed class MachineNetwork
{
    private readonly SortedDictionary<string, Queue<Action>> _lanes = new(StringComparer.Ordinal);
    private readonly List<Action> _ghosts = [];
    private readonly CallState[] _calls = [new(), new()];
    private readonly SortedDictionary<string, InterpreterState> _interpreters = new(StringComparer.Ordinal)
    {
        ["ines"] = new(),
        ["ivan"] = new(),
    };

    private QueueState _queue = new() { Pool = CallSamples.Pool };
    private DateTimeOffset _now = CallSamples.Start;

    public IReadOnlyList<CallState> Calls => _calls;

    public IReadOnlyDictionary<string, InterpreterState> Interpreters => _interpreters;

    public QueueState Queue => _queue;

    /// <summary>Records written, for each call.</summary>
    public int[] Records { get; } = new int[2];

    /// <summary>Something happens, chosen by chance.</summary>
    public void Step(Random random)
    {
        _now = _now.AddSeconds(1);
        var choices = new List<Action>();
        choices.AddRange(_lanes.Values.Select(lane => (Action)(() => lane.Dequeue()())));
        choices.AddRange(_lanes.Values.Select(lane => lane.Peek()));
        choices.AddRange(_lanes.Values.Select(lane => (Action)(() => _ghosts.Add(lane.Peek()))));
        choices.AddRange(_ghosts.Select(ghost => (Action)(() => Arrive(ghost))));
        choices.AddRange(Happenings(random));
        choices[random.Next(choices.Count)]();
        Tidy();
    }

    /// <summary>
    /// No more faults: every message arrives, nobody does anything, deadlines fall one after the other. An operator
    /// ends what would go on for ever.
    /// </summary>
    public void ComeToRest()
    {
        for (var round = 0; round < 10_000; round++)
        {
            if (_lanes.Count > 0)
            {
                _lanes.First().Value.Dequeue()();
                Tidy();
            }
            else if (NextDue() is { } due)
            {
                _now = due > _now ? due : _now;
                Fall();
            }
            else if (Array.FindIndex(_calls, call => call.Phase is CallPhase.Relaying) is >= 0 and var talking)
            {
                Call(talking, new CallEvent.OperatorEnded());
            }
            else if (!_queue.Tickets.IsEmpty)
            {
                TellPositions();
            }
            else
            {
                return;
            }
        }

        Assert.Fail("it never came to rest");
    }

    private void TellPositions()
    {
        foreach (var call in AllocationPolicy.Order(_queue))
        {
            Call(IndexOf(call), new CallEvent.PositionChanged(new QueuePosition(1, 1, null)));
        }
    }

    private void Arrive(Action ghost)
    {
        _ghosts.Remove(ghost);
        ghost();
    }

    private void Tidy()
    {
        foreach (var (name, _) in _lanes.Where(lane => lane.Value.Count == 0).ToList())
        {
            _lanes.Remove(name);
        }
    }

    /// <summary>What people, devices and clocks may do now.</summary>
    private IEnumerable<Action> Happenings(Random random)
    {
        for (var i = 0; i < _calls.Length; i++)
        {
            var call = i;
            var state = _calls[call];
            var events = state.Phase is CallPhase.New
                ? [CallSamples.Invited(call: $"call{call}")]
                : CallSamples.FromDevices(state)
                    .Concat(random.Next(4) == 0 ? CallSamples.FromPages(state) : [])
                    .Concat(CallInputs.Fallen(state, DateTimeOffset.MaxValue))
                    .ToList();
            yield return () => Call(call, events[random.Next(events.Count)]);
        }

        foreach (var (who, state) in _interpreters)
        {
            var held = state.Held ?? new HeldOffer(new CallId("call0"), 1, CallSamples.Pool);
            InterpreterEvent[] events =
            [
                new InterpreterEvent.SignIn(
                    new InterpreterId(who), new(who, who, [CallSamples.Pool], []), InterpreterLimits.Default),
                new InterpreterEvent.ConsolesChanged([new DeviceId($"{who}-device")]),
                new InterpreterEvent.GoAvailable(),
                new InterpreterEvent.GoAvailable(),
                new InterpreterEvent.Accept(held.Call, held.Offer),
                new InterpreterEvent.Accept(held.Call, held.Offer),
                new InterpreterEvent.Decline(held.Call, held.Offer),
                new InterpreterEvent.ConsolesChanged([]),
                new InterpreterEvent.Elapsed(state.LastDeadline),
            ];
            yield return () => Interpreter(who, events[random.Next(events.Length)]);
        }

        yield return () => Take("queue", QueueMachine.Tick(_queue, _now));
        yield return TellPositions;
    }

    private DateTimeOffset? NextDue() => _calls.Select(CallInputs.NextDue)
        .Concat(_interpreters.Values.Select(state => state.Deadline))
        .Append(_queue.Index.NextDue)
        .Min();

    private void Fall()
    {
        for (var call = 0; call < _calls.Length; call++)
        {
            foreach (var fallen in CallInputs.Fallen(_calls[call], _now))
            {
                Call(call, fallen);
            }
        }

        foreach (var (who, state) in _interpreters.Where(pair => pair.Value.Deadline <= _now).ToList())
        {
            Interpreter(who, new InterpreterEvent.Elapsed(state.LastDeadline));
        }

        Take("queue", QueueMachine.Tick(_queue, _now));
    }

    private void Call(int call, CallEvent happening)
    {
        var transition = CallMachine.Apply(_calls[call], happening with { At = _now });
        _calls[call] = transition.Next;
        Records[call] += transition.Effects.Count(effect => effect is CallEffect.WriteRecord);
        foreach (var effect in transition.Effects)
        {
            Send($"call{call}/{effect.Lane}", () => Carry(call, effect));
        }
    }

    private void Interpreter(string who, InterpreterEvent happening)
    {
        var transition = InterpreterMachine.Apply(_interpreters[who], happening with { At = _now });
        _interpreters[who] = transition.Next;
        foreach (var effect in transition.Effects)
        {
            Send($"{who}/{effect.Lane}", () => Carry(new InterpreterId(who), effect));
        }
    }

    private void Queued(QueueEvent happening) =>
        Take("queue", QueueMachine.ApplyAndMatch(_queue, happening with { At = _now }));

    private void Queued(CandidateEvent happening) =>
        Take("queue", CandidateMachine.ApplyAndMatch(_queue, happening with { At = _now }));

    private void Take(string name, Vrs.Grains.Domain.Machines.Transition<QueueState, QueueEffect> transition)
    {
        _queue = transition.Next;
        foreach (var effect in transition.Effects)
        {
            Send($"{name}/{effect.Lane}", () => Carry(effect));
        }
    }

    private void Send(string lane, Action message)
    {
        if (!_lanes.TryGetValue(lane, out var waiting))
        {
            _lanes.Add(lane, waiting = new Queue<Action>());
        }

        waiting.Enqueue(message);
    }

    private static int IndexOf(CallId call) => call.Value[^1] - '0';

    private void Carry(int call, CallEffect owed)
    {
        var id = _calls[call].Call;
        switch (owed)
        {
            case CallEffect.JoinQueue join:
                Queued(new QueueEvent.Joined(id, join.Priority, []));
                Call(call, new CallEvent.QueueJoined());
                break;
            case CallEffect.ReturnPlace back:
                Queued(new QueueEvent.Returned(id, back.Offer, back.Interpreter));
                break;
            case CallEffect.HoldPlace hold:
                Queued(hold.Held ? new QueueEvent.WentAway(id) : new QueueEvent.CameBack(id));
                break;
            case CallEffect.LeaveQueue left:
                Queued(new QueueEvent.Left(id, left.Served));
                break;
            case CallEffect.ReleaseInterpreter release:
                Interpreter(release.Interpreter.Value, new InterpreterEvent.Release(id, release.Offer, release.Reason));
                break;
        }
    }

    private void Carry(InterpreterId who, InterpreterEffect owed)
    {
        switch (owed)
        {
            case InterpreterEffect.TellFree free:
                Queued(new CandidateEvent.BecameFree(who, free.Stint, free.Skills));
                break;
            case InterpreterEffect.TellGone gone:
                Queued(new CandidateEvent.WentBusy(who, gone.Stint));
                break;
            case InterpreterEffect.TellAccepted told:
                Call(IndexOf(told.Call), new CallEvent.OfferAccepted(who, told.Offer));
                break;
            case InterpreterEffect.TellDeclined told:
                Call(IndexOf(told.Call), new CallEvent.OfferDeclined(who, told.Offer));
                break;
        }
    }

    private void Carry(QueueEffect owed)
    {
        switch (owed)
        {
            case QueueEffect.Reserve reserve:
                Interpreter(reserve.Interpreter.Value, new InterpreterEvent.Reserve(
                    reserve.Call, reserve.Offer, CallSamples.Pool, reserve.Stint));
                var answer = _interpreters[reserve.Interpreter.Value].ReservationFor(reserve.Call, reserve.Offer);
                Queued(answer is null
                    ? new QueueEvent.Denied(reserve.Call, reserve.Offer, reserve.Interpreter)
                    : new QueueEvent.Granted(reserve.Call, reserve.Offer, answer));
                break;
            case QueueEffect.TellReserved told:
                Call(IndexOf(told.Call), new CallEvent.InterpreterReserved(told.Reservation));
                break;
            case QueueEffect.Release release:
                Interpreter(release.Interpreter.Value, new InterpreterEvent.Release(
                    release.Call, release.Offer, ReleaseReason.Withdrawn));
                break;
        }
    }
}
