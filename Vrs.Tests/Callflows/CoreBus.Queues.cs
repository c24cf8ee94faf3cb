using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Tests.Domain.Product;

namespace Vrs.Tests.Callflows;

/// <summary>The lines of all pools, and the letters between the machines.</summary>
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
            Take(queue, QueueMachine.Tick(queue, _now));
        }
    }

    private Refusal? Take(QueueState queue, Transition<QueueState, QueueEffect> transition)
    {
        _queues[queue.Pool.Value] = transition.Next;
        foreach (var effect in transition.Effects)
        {
            _mail.Enqueue(() => Carry(Letters.From(queue.Pool, effect)));
        }

        return transition.Refusal;
    }

    /// <summary>A letter arrives, and its answer comes back.</summary>
    private void Carry(Letter? letter)
    {
        if (letter is not null
            && Letters.Answer(letter, Deliver(letter), who => InterpreterState(who.Value)) is { } answer)
        {
            Deliver(answer);
        }
    }

    private Refusal? Deliver(Letter letter) => letter switch
    {
        Letter.ToCall to => Call(Cast.NumberOf(to.Call), to.Event),
        Letter.ToInterpreter to => Interpreter(to.Interpreter.Value, to.Event),
        Letter.ToLine to when QueueOf(to.Pool) is var queue =>
            Take(queue, QueueMachine.ApplyAndMatch(queue, to.Event with { At = _now })),
        Letter.OfCandidate of when QueueOf(of.Pool) is var queue =>
            Take(queue, CandidateMachine.ApplyAndMatch(queue, of.Event with { At = _now })),
        _ => throw new InvalidOperationException($"Nobody takes {letter}."),
    };
}
