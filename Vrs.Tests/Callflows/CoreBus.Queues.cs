using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Tests.Callflows;

/// <summary>The lines of all pools.</summary>
internal sealed partial class CoreBus
{
    private readonly SortedDictionary<string, QueueState> _queues = new(StringComparer.Ordinal);

    private QueueState QueueOf(PoolId pool) => _queues.GetValueOrDefault(pool.Value) ?? new QueueState
    {
        Pool = pool,
        Service = StoryPeople.Queues().ServiceOf(pool),
        Limits = StoryPeople.Queues().LimitsOf(pool),
    };

    private void TickQueues()
    {
        foreach (var queue in _queues.Values.ToList())
        {
            var ticked = QueueMachine.Tick(queue, _now);
            Take(ticked.Next, ticked.Effects);
        }
    }

    private void Join(int call, CallEffect.JoinQueue join)
    {
        var state = _calls[call];
        var transition = QueueMachine.ApplyAndMatch(QueueOf(state.Pool), new QueueEvent.Joined(
            state.Call,
            join.Priority,
            state.RequiredSkills,
            state.Phase is CallPhase.Received or CallPhase.Queued ? state.Caller?.User : null,
            state.Preference,
            join.Since)
        { At = _now });
        Take(transition.Next, transition.Effects);
        Call(call, transition.Refusal is { } refusal
            ? new CallEvent.QueueRefused(refusal)
            : new CallEvent.QueueJoined());
    }

    private void Queue(PoolId pool, QueueEvent happening)
    {
        var transition = QueueMachine.ApplyAndMatch(QueueOf(pool), happening with { At = _now });
        Take(transition.Next, transition.Effects);
    }

    private void Queue(PoolId pool, CandidateEvent happening)
    {
        var transition = CandidateMachine.ApplyAndMatch(QueueOf(pool), happening with { At = _now });
        Take(transition.Next, transition.Effects);
    }

    private void Take(QueueState next, IEnumerable<QueueEffect> effects)
    {
        _queues[next.Pool.Value] = next;
        foreach (var effect in effects)
        {
            _mail.Enqueue(() => Carry(next.Pool, effect));
        }
    }

    private void Carry(PoolId pool, QueueEffect owed)
    {
        switch (owed)
        {
            case QueueEffect.Reserve reserve:
                var user = reserve.Interpreter.Value;
                Interpreter(user, new InterpreterEvent.Reserve(reserve.Call, reserve.Offer, pool, reserve.Stint));
                var answer = InterpreterState(user).ReservationFor(reserve.Call, reserve.Offer);
                Queue(pool, answer is null
                    ? new QueueEvent.Denied(reserve.Call, reserve.Offer, reserve.Interpreter)
                    : new QueueEvent.Granted(reserve.Call, reserve.Offer, answer));
                break;
            case QueueEffect.TellReserved told:
                Call(Cast.NumberOf(told.Call), new CallEvent.InterpreterReserved(told.Reservation));
                break;
            case QueueEffect.Release release:
                Interpreter(release.Interpreter.Value, new InterpreterEvent.Release(
                    release.Call, release.Offer, ReleaseReason.Withdrawn));
                break;
            case QueueEffect.MoveOn moved:
                Call(Cast.NumberOf(moved.Call), new CallEvent.Overflowed(pool, moved.Pool, moved.Since));
                break;
        }
    }
}
