using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Grains.Interfaces.Registrations;
using static Vrs.Tests.Domain.Queues.QueueSamples;

namespace Vrs.Tests.Domain.Queues;

/// <summary>One run of a queue through events that a seed chooses.</summary>
internal sealed class QueueRun(int seed)
{
    private const int Calls = 12;
    private const int Interpreters = 5;

    private static readonly string[][] Sets = [[], [], ["legal"], ["medical"], ["country:us"], ["legal", "medical"]];

    private readonly Random _random = new(seed);
    private readonly long[] _stints = new long[Interpreters];
    private DateTimeOffset _now = Now;
    private int _lastCall;

    /// <summary>Told of every match: the queue when it was made, what was made of it, and when.</summary>
    public event Action<QueueState, Transition<QueueState, QueueEffect>, DateTimeOffset>? Matched;

    /// <summary>Told of every step: how to repeat it, and what came of it.</summary>
    public event Action<
        Func<QueueState, Transition<QueueState, QueueEffect>>, Transition<QueueState, QueueEffect>>? Stepped;

    public QueueState State { get; private set; } = new()
    {
        Pool = new PoolId("ase+en"),
        Service = new PoolService(
            OpeningHours.Always, new PoolId("ase+es"), TimeSpan.FromMinutes(25), OpeningHours.Always),
    };

    /// <summary>So many events, each after what time brought before it.</summary>
    public void Go(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            _now += TimeSpan.FromSeconds(_random.Next(4) == 0 ? _random.Next(240) : _random.Next(5));
            Tick();
            Do();
        }
    }

    private void Tick()
    {
        var now = _now;
        // What time alone changes, without the matches that follow from it.
        var elapsed = State with
        {
            Candidates = State.Candidates.Clear(),
            Index = QueueIndex.Of(State.Tickets.Values, []),
        };
        var before = QueueMachine.Tick(elapsed, now).Next;
        Take(state => QueueMachine.Tick(state, now), Queue(before.Tickets.Values, State.Candidates.Values));
    }

    private void Do()
    {
        var interpreter = new InterpreterId($"i{_random.Next(Interpreters) + 1}");
        switch (_random.Next(10))
        {
            case < 3 when State.Tickets.Count < Calls:
                Happened(AnyJoin());
                break;
            case < 6:
                Happened(BecameFree(interpreter));
                break;
            case 6:
                Happened(new CandidateEvent.WentBusy(interpreter, _stints[interpreter.Value[1] - '1']));
                break;
            default:
                if (AnyTicket() is { } ticket)
                {
                    Happened(Something(ticket));
                }

                break;
        }
    }

    private QueueEvent.Joined AnyJoin() => new(
        new CallId($"call{++_lastCall}"),
        _random.Next(6) switch
        {
            0 => PriorityClass.Emergency,
            1 => PriorityClass.Recovering,
            2 => PriorityClass.Urgent,
            _ => PriorityClass.Standard,
        },
        [.. Sets[_random.Next(Sets.Length)]],
        new UserId($"user{_random.Next(6)}"),
        AnyWish(_random));

    private CandidateEvent.BecameFree BecameFree(InterpreterId interpreter)
    {
        // Her qualifications stay the same; two of five state a gender.
        var number = interpreter.Value[1] - '1';
        string[] gender = number is 1 or 3 ? ["gender:female"] : [];
        var words = Qualification.Set([.. Sets[(number + 1) % Sets.Length], .. gender]);
        return new CandidateEvent.BecameFree(interpreter, ++_stints[number], words);
    }

    private Ticket? AnyTicket() => State.Tickets.IsEmpty ? null : State.Tickets.Values
        .OrderBy(ticket => ticket.Join)
        .ElementAt(_random.Next(State.Tickets.Count));

    private QueueEvent Something(Ticket ticket) => (ticket.Place, _random.Next(4)) switch
    {
        (Place.Reserving, 0) => new QueueEvent.Denied(ticket.Call, ticket.Offer, ticket.Interpreter!.Value),
        (Place.Reserving, _) => new QueueEvent.Granted(ticket.Call, ticket.Offer, new Reservation(
            ticket.Interpreter!.Value, ticket.Offer, State.Pool, "", "", new DeviceId("console"))),
        (Place.Offered, 0 or 1) => new QueueEvent.Returned(ticket.Call, ticket.Offer, ticket.Interpreter!.Value),
        (Place.Offered, _) => new QueueEvent.Left(ticket.Call, Served: true),
        (Place.Held, _) => new QueueEvent.CameBack(ticket.Call),
        (_, 0) => new QueueEvent.WentAway(ticket.Call),
        (_, 1) => new QueueEvent.Left(ticket.Call),
        _ => new QueueEvent.CameBack(ticket.Call),
    };

    private void Happened(QueueEvent happening)
    {
        var dated = happening with { At = _now };
        Take(state => QueueMachine.ApplyAndMatch(state, dated), QueueMachine.Apply(State, dated).Next);
    }

    private void Happened(CandidateEvent happening)
    {
        var dated = happening with { At = _now };
        Take(state => CandidateMachine.ApplyAndMatch(state, dated), CandidateMachine.Table.Apply(State, dated).Next);
    }

    private void Take(Func<QueueState, Transition<QueueState, QueueEffect>> apply, QueueState beforeMatches)
    {
        var transition = apply(State);
        Matched?.Invoke(beforeMatches, transition, _now);
        Stepped?.Invoke(apply, transition);
        State = transition.Next;
    }
}
