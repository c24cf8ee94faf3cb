using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;

namespace Vrs.Tests.Domain.Product;

/// <summary>What must be true of calls, interpreters and queue together, in every state and at the end.</summary>
internal static class NetworkLedger
{
    private static readonly (string Name, Func<MachineNetwork, bool> Holds)[] Always =
    [
        ("nobody serves two calls", network => Serving(network) is var serving
            && serving.Distinct().Count() == serving.Count),
        ("whoever is reserved is known to her call, to the queue, or to a message on its way", network =>
            network.Interpreters.All(who => who.Held is not { } held
                || Claims(network).Contains((who.Interpreter, held.Call, held.Offer)))),
        ("a call counts on nobody who does not hold it, unless the news is on its way", network =>
            network.Calls.All(call => !call.Accepted
                || network.Interpreters[MachineNetwork.IndexOf(call.Interpreter!.Interpreter)]
                    .Holds(call.Call, call.Interpreter.Offer)
                || OnTheirWay(network).Contains((call.Interpreter.Interpreter, call.Call, call.Interpreter.Offer)))),
        ("a place that is being offered is known to its call, or to a message on its way", network =>
            network.Queue.Tickets.Values.All(ticket => ticket.Place is not (Place.Reserving or Place.Offered)
                || Held(network).Concat(OnTheirWay(network)).Contains(
                    (ticket.Interpreter!.Value, ticket.Call, ticket.Offer))
                || Leaves(network, ticket.Call))),
        ("there is one record of each call that is over, and of no other", network =>
            network.Calls.Zip(network.Records).All(pair => pair.Second == (pair.First.IsOver ? 1 : 0))),
        ("a call that is over stays as it is", network => !network.Woken),
        ("every phase but the conversation has a deadline", network => network.Calls.All(call =>
            call.Phase is CallPhase.New or CallPhase.Relaying or CallPhase.Ended || !call.Deadlines.IsEmpty)),
        ("an interpreter who is asked, wraps up or is lost has a deadline", network =>
            network.Interpreters.All(who => who.Deadline is not null
                || who.Status is not (InterpreterStatus.Reserved or InterpreterStatus.WrapUp
                    or InterpreterStatus.Lost))),
    ];

    private static readonly (string Name, Func<MachineNetwork, bool> Holds)[] InTheEnd =
    [
        ("every call ends", network => network.Calls.All(call => call.Phase is CallPhase.New or CallPhase.Ended)),
        ("every interpreter is free of calls", network => network.Interpreters.All(who =>
            who is { Held: null, Status: not (InterpreterStatus.Reserved or InterpreterStatus.OnCall) })),
        ("nobody is left in line", network => network.Queue.Tickets.IsEmpty),
        ("the queue knows who is free", network => network.Interpreters.All(who =>
            who.Status is InterpreterStatus.Available
            == (network.Queue.Candidates.GetValueOrDefault(who.Interpreter) is { Free: true }))),
    ];

    /// <summary>What is not as it must be always; null when all is.</summary>
    public static string? Broken(MachineNetwork network) => First(Always, network);

    /// <summary>What is not as it must be when nothing is left to happen; null when all is.</summary>
    public static string? BrokenAtRest(MachineNetwork network) => First(InTheEnd, network) ?? Broken(network);

    /// <summary>The offer that a message is about; null when it is about none.</summary>
    public static (int Call, InterpreterId Interpreter, long Offer)? OfferOf(Owed owed) => owed switch
    {
        Owed.ByCall { Effect: CallEffect.ReturnPlace back } by => (by.Call, back.Interpreter, back.Offer),
        Owed.ByCall { Effect: CallEffect.ReleaseInterpreter free } by => (by.Call, free.Interpreter, free.Offer),
        Owed.ByInterpreter { Effect: InterpreterEffect.TellAccepted yes } by => Told(by, yes.Call, yes.Offer),
        Owed.ByInterpreter { Effect: InterpreterEffect.TellDeclined no } by => Told(by, no.Call, no.Offer),
        Owed.ByQueue { Effect: QueueEffect.Reserve reserve } =>
            (MachineNetwork.IndexOf(reserve.Call), reserve.Interpreter, reserve.Offer),
        Owed.ByQueue { Effect: QueueEffect.TellReserved { Reservation: var held } told } =>
            (MachineNetwork.IndexOf(told.Call), held.Interpreter, held.Offer),
        Owed.ByQueue { Effect: QueueEffect.Release free } =>
            (MachineNetwork.IndexOf(free.Call), free.Interpreter, free.Offer),
        _ => null,
    };

    private static (int Call, InterpreterId Interpreter, long Offer)? Told(
        Owed.ByInterpreter by, CallId call, long offer) =>
        (MachineNetwork.IndexOf(call), MachineNetwork.NameOf(by.Interpreter), offer);

    private static string? First((string Name, Func<MachineNetwork, bool> Holds)[] rules, MachineNetwork network) =>
        Array.Find(rules, rule => !rule.Holds(network)).Name;

    private static List<InterpreterId> Serving(MachineNetwork network) =>
    [
        .. network.Calls.Where(call => call.Accepted).Select(call => call.Interpreter!.Interpreter),
        .. network.Calls
            .Where(call => call.Colleague is { Stage: ColleagueStage.Joining or ColleagueStage.Joined })
            .Select(call => call.Colleague!.Interpreter!.Interpreter),
    ];

    private static IEnumerable<(InterpreterId, CallId, long)> Claims(MachineNetwork network) =>
        Held(network).Concat(OnTheirWay(network)).Concat(
            from ticket in network.Queue.Tickets.Values
            where ticket.Place is Place.Reserving or Place.Offered
            select (ticket.Interpreter!.Value, ticket.Call, ticket.Offer));

    /// <summary>Whom the calls know of.</summary>
    private static IEnumerable<(InterpreterId, CallId, long)> Held(MachineNetwork network) =>
        from call in network.Calls
        from held in new[] { call.Interpreter, call.Colleague?.Interpreter }
        where held is not null
        select (held.Interpreter, call.Call, held.Offer);

    /// <summary>
    /// Whom messages are about that are sent until they arrive. Copies astray are relied upon by nobody.
    /// </summary>
    private static IEnumerable<(InterpreterId, CallId, long)> OnTheirWay(MachineNetwork network) =>
        from lane in network.Lanes.Values
        from owed in lane
        let offer = OfferOf(owed)
        where offer is not null
        select (offer.Value.Interpreter, network.Calls[offer.Value.Call].Call, offer.Value.Offer);

    private static bool Leaves(MachineNetwork network, CallId call) => network.Lanes.Values.Any(lane => lane.Any(
        owed => owed is Owed.ByCall { Effect: CallEffect.LeaveQueue } by && by.Call == MachineNetwork.IndexOf(call)));
}
