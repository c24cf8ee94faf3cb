using System.Collections.Immutable;
using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Registrations;
using Vrs.Tests.Domain.Calls;

namespace Vrs.Tests.Domain.Product;

/// <summary>Something that may happen to the network next.</summary>
/// <param name="What">In a word.</param>
/// <param name="To">The message or the event.</param>
/// <param name="Next">The network after it.</param>
internal sealed record Choice(string What, object? To, Func<MachineNetwork> Next);

/// <summary>
/// Two calls, two interpreters and their queue as pure machines. Between them are the lanes of their outboxes: each
/// message arrives at least once and in the order of its lane, but also again, much later, and in any order across
/// lanes. Immutable, so that every future of a state can be looked at. Clocks stand still and deadlines fall whenever
/// they like: whatever is found for every such order holds for the orders that clocks allow.
/// </summary>
internal sealed partial record MachineNetwork
{
    private static readonly ImmutableArray<InterpreterId> Names = [new("ines"), new("ivan")];

    /// <summary>Both interpreters sit at their consoles and rest; nobody has called yet.</summary>
    public static MachineNetwork Start { get; } = Enumerable.Range(0, 2).Aggregate(
        new MachineNetwork(),
        (network, who) => network.SignedIn(who).Interpreter(who, new InterpreterEvent.ConsolesChanged([Console(who)])));

    public ImmutableArray<CallState> Calls { get; private init; } =
        [new() { Call = new("call0") }, new() { Call = new("call1") }];

    public ImmutableArray<InterpreterState> Interpreters { get; private init; } =
        [new() { Interpreter = Names[0] }, new() { Interpreter = Names[1] }];

    public QueueState Queue { get; private init; } = new() { Pool = CallSamples.Pool };

    public ImmutableSortedDictionary<string, ImmutableQueue<Owed>> Lanes { get; private init; } =
        ImmutableSortedDictionary.Create<string, ImmutableQueue<Owed>>(StringComparer.Ordinal);

    /// <summary>Copies of messages that went astray and arrive late.</summary>
    public ImmutableArray<Owed> Late { get; private init; } = [];

    /// <summary>Records written, for each call.</summary>
    public ImmutableArray<int> Records { get; private init; } = [0, 0];

    /// <summary>The time: it stands still until faults have stopped.</summary>
    public DateTimeOffset Now { get; private init; } = CallSamples.Start;

    /// <summary>Whether a call that was over changed.</summary>
    public bool Woken { get; private init; }

    /// <summary>How many copies may be astray at a time.</summary>
    public int MostLate { get; init; } = int.MaxValue;

    /// <summary>What becomes of a letter on its way: in a sound network nothing.</summary>
    public Func<Letter, Letter?> Tamper { get; init; } = letter => letter;

    public static InterpreterId NameOf(int interpreter) => Names[interpreter];

    public static int IndexOf(InterpreterId interpreter) => Names.IndexOf(interpreter);

    public static int IndexOf(CallId call) => call.Value[^1] - '0';

    /// <summary>Every message arrives, once and in its turn.</summary>
    public MachineNetwork Settled() => Lanes.IsEmpty ? this : Delivered(Lanes.First().Key).Settled();

    public MachineNetwork Call(int call, CallEvent happening)
    {
        var before = Calls[call];
        var transition = CallMachine.Apply(before, happening with { At = Now });
        var network = this with
        {
            Calls = Calls.SetItem(call, transition.Next),
            Records = Records.SetItem(
                call, Records[call] + transition.Effects.Count(effect => effect is CallEffect.WriteRecord)),
            Woken = Woken || (before.IsOver && transition.Next != before),
        };
        return transition.Effects.Aggregate(
            network, (sent, effect) => sent.Sent(new Owed.ByCall(call, effect), Letters.From(transition.Next, effect)));
    }

    public MachineNetwork Interpreter(int who, InterpreterEvent happening)
    {
        var transition = InterpreterMachine.Apply(Interpreters[who], happening with { At = Now });
        return transition.Effects.Aggregate(
            this with { Interpreters = Interpreters.SetItem(who, transition.Next) },
            (sent, effect) => sent.Sent(new Owed.ByInterpreter(who, effect), Letters.From(Names[who], effect)));
    }

    /// <summary>The next deadline of the queue falls.</summary>
    public MachineNetwork Ticked() =>
        Queue.Index.NextDue is { } due ? Taken(QueueMachine.Tick(Queue, due)).Network : this;

    /// <summary>The positions are told, to those too who are in line by mistake.</summary>
    public MachineNetwork ToldPositions() => AllocationPolicy.Order(Queue).Aggregate(
        this,
        (network, call) => network.Call(IndexOf(call), new CallEvent.PositionChanged(new(1, 1, null))));

    private static DeviceId Console(int who) => new($"{Names[who]}-device");

    private MachineNetwork SignedIn(int who) => Interpreter(who, new InterpreterEvent.SignIn(
        Names[who], new(Names[who].Value, Names[who].Value, [CallSamples.Pool], []), InterpreterLimits.Default));

    /// <summary>The first message of a lane arrives.</summary>
    private MachineNetwork Delivered(string lane)
    {
        var rest = Lanes[lane].Dequeue(out var first);
        return (this with { Lanes = rest.IsEmpty ? Lanes.Remove(lane) : Lanes.SetItem(lane, rest) }).Carried(first);
    }

    /// <summary>A message arrives, and its answer comes back unless it is lost.</summary>
    private MachineNetwork Carried(Owed owed, bool answered = true)
    {
        if (LetterOf(owed) is not { } said || Tamper(said) is not { } letter)
        {
            return this;
        }

        var (network, refusal) = Taken(letter);
        var answer = Letters.Answer(letter, refusal, who => network.Interpreters[IndexOf(who)]);
        return answered && answer is not null && Tamper(answer) is { } told ? network.Taken(told).Network : network;
    }

    private Letter? LetterOf(Owed owed) => owed switch
    {
        Owed.ByCall by => Letters.From(Calls[by.Call], by.Effect),
        Owed.ByInterpreter by => Letters.From(Names[by.Interpreter], by.Effect),
        Owed.ByQueue by => Letters.From(Queue.Pool, by.Effect),
        _ => null,
    };

    private (MachineNetwork Network, Refusal? Refusal) Taken(Letter letter) => letter switch
    {
        Letter.ToCall to => (Call(IndexOf(to.Call), to.Event), null),
        Letter.ToInterpreter to => (Interpreter(IndexOf(to.Interpreter), to.Event), null),
        Letter.ToLine to => Taken(QueueMachine.ApplyAndMatch(Queue, to.Event with { At = Now })),
        Letter.OfCandidate of => Taken(CandidateMachine.ApplyAndMatch(Queue, of.Event with { At = Now })),
        _ => throw new InvalidOperationException($"Nobody takes {letter}."),
    };

    private (MachineNetwork Network, Refusal? Refusal) Taken(Transition<QueueState, QueueEffect> transition) => (
        transition.Effects.Aggregate(
            this with { Queue = transition.Next },
            (sent, effect) => sent.Sent(new Owed.ByQueue(effect), Letters.From(Queue.Pool, effect))),
        transition.Refusal);

    /// <summary>
    /// What no machine is told is not on its way, nor is the offer on a console, which changes nothing else.
    /// </summary>
    private MachineNetwork Sent(Owed owed, Letter? letter)
    {
        if (letter is null or Letter.ToInterpreter { Event: InterpreterEvent.Present })
        {
            return this;
        }

        var lane = owed.Lane;
        return this with
        {
            Lanes = Lanes.SetItem(lane, Lanes.GetValueOrDefault(lane, []).Enqueue(owed)),
        };
    }
}
