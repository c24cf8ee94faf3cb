using System.Text.Json;
using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Effects;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Silo.Storage;

namespace Vrs.Tests.Simulation;

/// <summary>
/// Watches what is stored and what people do, and knows nothing of how grains work: whoever breaks a promise is named,
/// with the moment.
/// </summary>
internal sealed class Auditor(SimulationLog log)
{
    private static readonly JsonSerializerOptions Json = new StateJson().Options;

    private readonly SortedDictionary<string, CallState> _calls = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, InterpreterState> _interpreters = new(StringComparer.Ordinal);
    private readonly HashSet<(InterpreterId Interpreter, CallId Call, long Offer)> _accepted = [];
    private int _owed;

    /// <summary>Promises that were broken.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>How many calls came to their end.</summary>
    public int EndedCalls => _calls.Values.Count(call => call.IsOver);

    /// <summary>How many calls got as far as three people talking.</summary>
    public int RelayedCalls => _calls.Values.Count(call => call.Facts.ConversationStart is not null);

    /// <summary>An interpreter pressed Accept.</summary>
    public void AcceptSent(InterpreterId interpreter, CallId call, long offer) =>
        _accepted.Add((interpreter, call, offer));

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
                _interpreters[key.Grain.Key] = Read<Kept<InterpreterState, InterpreterEffect>>(json).State;
                break;
        }
    }

    /// <summary>
    /// What keeps the world from being at rest: calls that go on, interpreters who are held, effects owed.
    /// </summary>
    public IReadOnlyList<string> Unfinished(FaultyStorage storage)
    {
        _owed = storage.Records
            .Where(record => record.Key.Grain.Type is "call" or "interpreter" or "queue")
            .Sum(record => Owed(record.Value.Json));
        return
        [
            .. _calls.Values.Where(call => call.Phase is not (CallPhase.New or CallPhase.Ended))
                .Select(call => $"{call.Call} is {call.Phase} since {call.PhaseSince:HH:mm:ss}"),
            .. _interpreters.Values
                .Where(one => one.Status
                    is InterpreterStatus.Reserved or InterpreterStatus.OnCall or InterpreterStatus.WrapUp)
                .Select(one => $"{one.Interpreter} is {one.Status} for {one.Held?.Call} since {one.Since:HH:mm:ss}"),
            .. _owed == 0 ? Array.Empty<string>() : [$"{_owed} effects are owed"],
        ];
    }

    /// <summary>
    /// When everything is at rest: one record for each call, and nobody holds a leg of a call that is over.
    /// </summary>
    public void CheckAtRest(FaultyRecords records, IEnumerable<Device> devices)
    {
        foreach (var call in _calls.Values.Where(call => call.IsOver && !records.Has(call.Call)))
        {
            Fault($"{call.Call} has ended and has no record");
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
                Fault($"{device.User} still has leg {leg.Ref} ({leg.Role}, {leg.Stage}), and every call is over");
            }
        }
    }

    private static T Read<T>(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize<T>(json.Span, Json)!;

    private static int Owed(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("outbox", out var outbox) ? outbox.GetArrayLength() : 0;
    }

    private void Check(CallState? before, CallState now)
    {
        if (before is { IsOver: true } && !now.IsOver)
        {
            Fault($"{now.Call} was over and is {now.Phase} again");
        }

        if (now is { IsOver: false, Accepted: true, Interpreter: { } held })
        {
            if (!_accepted.Contains((held.Interpreter, now.Call, held.Offer)))
            {
                Fault($"{now.Call} goes on as if {held.Interpreter} had accepted offer {held.Offer}, and she has not");
            }

            var other = _calls.Values.FirstOrDefault(call => call.Call != now.Call
                && call is { IsOver: false, Accepted: true, Interpreter: { } also }
                && also.Interpreter == held.Interpreter);
            if (other is not null)
            {
                Fault($"{held.Interpreter} serves {now.Call} and {other.Call} at once");
            }
        }
    }

    private void Fault(string text)
    {
        log.Note("FAULT " + text);
        Faults.Add(text);
    }
}
