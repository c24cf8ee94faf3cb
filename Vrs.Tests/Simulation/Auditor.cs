using System.Text.Json;
using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Effects;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Silo.Storage;
using Vrs.Tests.Support;

namespace Vrs.Tests.Simulation;

/// <summary>
/// Watches what is stored and what people do, and knows nothing of how grains work: whoever breaks a promise is named,
/// with the moment.
/// </summary>
internal sealed class Auditor(SimulationLog log, VirtualTime time)
{
    /// <summary>
    /// How long a caller may wait while an interpreter who fits is idle: messages that fail are tried again every ten
    /// seconds, a grain that was dropped is woken after a minute, and whoever let an offer pass is asked again
    /// after half a minute.
    /// </summary>
    private static readonly TimeSpan LongestStarving = TimeSpan.FromSeconds(150);

    private static readonly JsonSerializerOptions Json = new StateJson().Options;

    private readonly SortedDictionary<string, CallState> _calls = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ReadOnlyMemory<byte>> _interpreters = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ReadOnlyMemory<byte>> _queues = new(StringComparer.Ordinal);
    private readonly HashSet<(InterpreterId Interpreter, CallId Call, long Offer)> _accepted = [];
    private Dictionary<(CallId Call, InterpreterId Interpreter, long Stint), TimeSpan> _idleBeside = [];
    private int _owed;

    /// <summary>Promises that were broken.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>How many calls came to their end.</summary>
    public int EndedCalls => _calls.Values.Count(call => call.IsOver);

    /// <summary>How many calls got as far as three people talking.</summary>
    public int RelayedCalls => _calls.Values.Count(call => call.Facts.ConversationStart is not null);

    /// <summary>How many requests inside a dialog were passed on and answered.</summary>
    public int Answers { get; private set; }

    /// <summary>What an interpreter's grain last stored as the offer she holds.</summary>
    public HeldOffer? HeldBy(UserId user) =>
        _interpreters.TryGetValue(user.Value, out var json) ? Interpreter(json).Held : null;

    /// <summary>A call as it was last stored, or null.</summary>
    public CallState? CallOf(CallId call) => _calls.GetValueOrDefault(call.Value);

    /// <summary>An interpreter pressed Accept.</summary>
    public void AcceptSent(InterpreterId interpreter, CallId call, long offer) =>
        _accepted.Add((interpreter, call, offer));

    /// <summary>A device got the response to a request inside its dialog.</summary>
    public void Responded(LegRef leg, long number, long requests)
    {
        Answers++;
        if (number < 1 || number > requests)
        {
            Fault($"{leg} has a response to request {number}, which was never sent");
        }
    }

    /// <summary>Something was stored.</summary>
    public void Stored(StateKey key, ReadOnlyMemory<byte> json)
    {
        switch (key.Grain.Type)
        {
            case "call":
                var call = Read<Kept<CallState, CallEffect>>(json).State;
                Check(_calls.GetValueOrDefault(key.Grain.Key), call);
                _calls[key.Grain.Key] = call;
                break;
            case "interpreter":
                _interpreters[key.Grain.Key] = json;
                break;
            case "queue":
                _queues[key.Grain.Key] = json;
                break;
        }
    }

    /// <summary>
    /// Looks at who waits and who is idle, as each of their own grains says. A pair that stays as it is for too long
    /// is a caller who starves.
    /// </summary>
    public void Look()
    {
        var seen = new Dictionary<(CallId Call, InterpreterId Interpreter, long Stint), TimeSpan>();
        var idle = _interpreters.Values.Select(Interpreter).Where(IsIdle).ToList();
        foreach (var queue in idle.Count == 0 ? [] : _queues.Values.Select(Queue))
        {
            var pairs =
                from ticket in queue.Tickets.Values
                where ticket.Place is Place.Waiting && _calls[ticket.Call.Value].Phase is CallPhase.Queued
                from interpreter in idle
                where interpreter.Profile!.Pools.Contains(queue.Pool)
                    && Fits(interpreter, _calls[ticket.Call.Value], ticket.Insists)
                select (ticket.Call, interpreter.Interpreter, interpreter.Stint);
            foreach (var pair in pairs)
            {
                seen[pair] = _idleBeside.GetValueOrDefault(pair, time.Elapsed);
            }
        }

        foreach (var (pair, since) in seen.Where(pair => time.Elapsed - pair.Value > LongestStarving))
        {
            Fault($"{pair.Call} waits since {since}, and {pair.Interpreter} is idle all the time");
            seen[pair] = time.Elapsed;
        }

        _idleBeside = seen;
    }

    /// <summary>
    /// What keeps the world from being at rest: calls that go on, interpreters who are held or lost, effects owed.
    /// </summary>
    public IReadOnlyList<string> Unfinished(FaultyStorage storage)
    {
        _owed = storage.Records
            .Where(record => record.Key.Grain.Type is "call" or "interpreter" or "queue")
            .Sum(record => Owed(record.Value.Json));
        var interpreters = _interpreters.Values.Select(Interpreter).ToList();
        var queues = _queues.Values.Select(Queue).ToList();
        return
        [
            .. _calls.Values.Where(call => call.Phase is not (CallPhase.New or CallPhase.Ended))
                .Select(call => $"{call.Call} is {call.Phase} since {call.PhaseSince:HH:mm:ss}"),
            .. interpreters.Where(one => !IsIdle(one))
                .Select(one => $"{one.Interpreter} is {one.Status} for {one.Held?.Call} since {one.Since:HH:mm:ss}"),
            .. from queue in queues
               from one in interpreters
               where IsIdle(one)
                   && one.Profile!.Pools.Contains(queue.Pool)
                   && queue.Candidates.GetValueOrDefault(one.Interpreter) is not { Free: true }
               select $"{one.Interpreter} is free, and {queue.Pool} has lost her",
            .. from queue in queues
               from ticket in queue.Tickets.Values
               select $"{ticket.Call} is in line for {queue.Pool}, {ticket.Place}",
            .. _owed == 0 ? Array.Empty<string>() : [$"{_owed} effects are owed"],
        ];
    }

    /// <summary>
    /// When everything is at rest: one record for each call, and nobody holds a leg of a call that is over.
    /// </summary>
    public void CheckAtRest(FaultyRecords records, IEnumerable<Device> devices)
    {
        foreach (var call in _calls.Values.Where(call => call.IsOver))
        {
            if (records.CountOf(call.Call) is not 1 and var count)
            {
                Fault($"{call.Call} has ended and has {count} records");
            }
        }

        foreach (var call in records.Contradicted)
        {
            Fault($"{call} has two records that say different things");
        }

        foreach (var device in devices)
        {
            // An INVITE that was lost on its way belongs to no call; its device gives it up when its time is over.
            foreach (var leg in device.Legs.Where(leg => leg.Ref is not null))
            {
                Fault($"{device.Id} still has leg {leg.Ref} ({leg.Role}, {leg.Stage}), and every call is over");
            }
        }
    }

    /// <summary>An emergency takes anybody; else she has what the call asks for and still insists on.</summary>
    private static bool Fits(InterpreterState interpreter, CallState call, bool insists)
    {
        if (call.Priority is PriorityClass.Emergency)
        {
            return true;
        }

        var wish = insists ? call.Preference : null;
        var asked = wish?.Gender is { } gender
            ? call.RequiredSkills.Add(Qualification.Gender(gender))
            : call.RequiredSkills;
        return asked.All(word => interpreter.Profile!.Skills.Contains(word))
            && (wish?.Interpreter is not { } only || only == interpreter.Interpreter);
    }

    private static bool IsIdle(InterpreterState state) =>
        state is { Status: InterpreterStatus.Available, IsReady: true };

    private static InterpreterState Interpreter(ReadOnlyMemory<byte> json) =>
        Read<Kept<InterpreterState, InterpreterEffect>>(json).State;

    private static QueueState Queue(ReadOnlyMemory<byte> json) => Read<Kept<QueueState, QueueEffect>>(json).State;

    private static T Read<T>(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize<T>(json.Span, Json)!;

    private static int Owed(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("outbox", out var outbox) ? outbox.GetArrayLength() : 0;
    }

    /// <summary>Who serves a call, with whom she shares it maybe.</summary>
    private static IEnumerable<Reservation> Serving(CallState call) => call.IsOver ? [] : new[]
    {
        call.Accepted ? call.Interpreter : null,
        call.Colleague is { Stage: ColleagueStage.Joining or ColleagueStage.Joined } colleague
            ? colleague.Interpreter
            : null,
    }.OfType<Reservation>();

    private void Check(CallState? before, CallState now)
    {
        if (before is { IsOver: true } && !now.IsOver)
        {
            Fault($"{now.Call} was over and is {now.Phase} again");
        }

        foreach (var held in Serving(now))
        {
            if (!_accepted.Contains((held.Interpreter, now.Call, held.Offer)))
            {
                Fault($"{now.Call} goes on as if {held.Interpreter} had accepted offer {held.Offer}, and she has not");
            }

            foreach (var other in _calls.Values.Where(call => call.Call != now.Call))
            {
                if (Serving(other).Any(also => also.Interpreter == held.Interpreter))
                {
                    Fault($"{held.Interpreter} serves {now.Call} and {other.Call} at once");
                }
            }
        }

        if (Serving(now).Select(held => held.Interpreter).ToList() is [var first, var second] && first == second)
        {
            Fault($"{first} serves {now.Call} twice");
        }
    }

    private void Fault(string text)
    {
        log.Note("FAULT " + text);
        Faults.Add(text);
    }
}
