using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Tests.Domain.Calls;

namespace Vrs.Tests.Domain.Product;

/// <summary>
/// What tells one state of the network from another, in 128 bits: numbers that only rise count by their order, and
/// states are the same that differ only in who of the two calls or of the two interpreters is who.
/// </summary>
internal sealed class NetworkKey
{
    private readonly MachineNetwork _network;
    private readonly string[] _calls;
    private readonly string[] _interpreters;
    private readonly long[] _offers;
    private readonly long[][] _stints;

    private NetworkKey(MachineNetwork network)
    {
        _network = network;
        _calls = [.. network.Calls.Select(call => call.IsOver ? "Ended" : CallSamples.Shape(call))];
        _interpreters = [.. network.Interpreters.Select(Shape)];
        _offers = [.. Offers().Distinct().Order()];
        _stints = [.. Enumerable.Range(0, 2).Select(who => Stints(who).Distinct().Order().ToArray())];
    }

    public static UInt128 Of(MachineNetwork network)
    {
        var key = new NetworkKey(network);
        return (from calls in Orders(key._calls)
                from interpreters in Orders(key._interpreters)
                select Hash(key.Text(calls, interpreters))).Min();
    }

    /// <summary>The ways to number the two; both are the same only when they look the same by themselves.</summary>
    private static int[][] Orders(string[] two) => string.CompareOrdinal(two[0], two[1]) switch
    {
        < 0 => [[0, 1]],
        > 0 => [[1, 0]],
        _ => [[0, 1], [1, 0]],
    };

    private static UInt128 Hash(string text) =>
        MemoryMarshal.Read<UInt128>(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())));

    private static string Shape(InterpreterState state) =>
        $"{state.Status},{state.Live.Length},{state.MissedOffers},{state.ReturnsTo},{state.Held is null},"
        + $"{state.Deadline is null}";

    /// <param name="calls">The number of each call.</param>
    /// <param name="people">The number of each interpreter.</param>
    private string Text(int[] calls, int[] people)
    {
        var text = new StringBuilder(1_000);
        foreach (var call in calls)
        {
            var state = _network.Calls[call];
            text.Append(_calls[call]).Append('/').Append(_network.Records[call]);
            text.Append('/').Append(state.IsOver ? 0 : Rank(state.LastOffer));
            foreach (var held in new[] { state.Interpreter, state.Colleague?.Interpreter })
            {
                text.Append('/').Append(held is null ? "" : $"{Who(held.Interpreter)}.{Rank(held.Offer)}");
            }

            text.Append(';').Append(_network.Queue.Tickets.TryGetValue(state.Call, out var ticket) ? Line(ticket) : "");
            text.Append('\n');
        }

        foreach (var who in people)
        {
            var state = _network.Interpreters[who];
            text.Append(_interpreters[who]).Append('/').Append(Stint(who, state.Stint));
            text.Append('/').Append(state.Held is { } held ? $"{Call(held.Call)}.{Rank(held.Offer)}" : "");
            text.Append(';').Append(
                _network.Queue.Candidates.TryGetValue(state.Interpreter, out var known) ? Line(who, known) : "");
            text.Append('\n');
        }

        text.AppendJoin('\n', _network.Lanes.Values
            .Select(lane => string.Join('+', lane.Select(Said)))
            .Order(StringComparer.Ordinal));
        text.Append('\n').AppendJoin('\n', _network.Late.Select(Said).Order(StringComparer.Ordinal));
        return text.ToString();

        int Call(CallId call) => Array.IndexOf(calls, MachineNetwork.IndexOf(call));

        int Who(InterpreterId who) =>
            Array.IndexOf(people, MachineNetwork.IndexOf(who));

        string Said(Owed owed) => owed switch
        {
            Owed.ByCall by => $"{Array.IndexOf(calls, by.Call)}:" + by.Effect switch
            {
                CallEffect.JoinQueue join => $"join {join.Priority}",
                CallEffect.ReturnPlace back => $"back {Who(back.Interpreter)}.{Rank(back.Offer)}",
                CallEffect.HoldPlace hold => $"hold {hold.Held}",
                CallEffect.LeaveQueue => "leave",
                CallEffect.ReleaseInterpreter release =>
                    $"release {Who(release.Interpreter)}.{Rank(release.Offer)} {release.Reason}",
                _ => throw new InvalidOperationException($"{by.Effect} is no message."),
            },
            Owed.ByInterpreter by => $"{Array.IndexOf(people, by.Interpreter)}!" + by.Effect switch
            {
                InterpreterEffect.TellFree free => $"free {Stint(by.Interpreter, free.Stint)}",
                InterpreterEffect.TellGone gone => $"gone {Stint(by.Interpreter, gone.Stint)}",
                InterpreterEffect.TellAccepted yes => $"yes {Call(yes.Call)}.{Rank(yes.Offer)}",
                InterpreterEffect.TellDeclined no => $"no {Call(no.Call)}.{Rank(no.Offer)}",
                _ => throw new InvalidOperationException($"{by.Effect} is no message."),
            },
            Owed.ByQueue { Effect: QueueEffect.Reserve reserve } =>
                $"reserve {Call(reserve.Call)}.{Rank(reserve.Offer)} {Who(reserve.Interpreter)}"
                + $".{Stint(MachineNetwork.IndexOf(reserve.Interpreter), reserve.Stint)}",
            Owed.ByQueue { Effect: QueueEffect.TellReserved { Reservation: var held } told } =>
                $"reserved {Call(told.Call)}.{Rank(held.Offer)} {Who(held.Interpreter)}",
            Owed.ByQueue { Effect: QueueEffect.Release release } =>
                $"withdraw {Call(release.Call)}.{Rank(release.Offer)} {Who(release.Interpreter)}",
            _ => throw new InvalidOperationException($"{owed} is no message."),
        };
    }

    private string Line(Ticket ticket)
    {
        var before = _network.Queue.Tickets.Values.Count(other => other.Join < ticket.Join);
        var pauses = ticket.Pauses.Select(pause => MachineNetwork.IndexOf(pause.Interpreter)).Order();
        return $"{ticket.Place},{ticket.Priority},{before},{Rank(ticket.Offer)},{ticket.Interpreter is null},"
            + $"{ticket.HeldUntil is null},{string.Join('.', pauses)}";
    }

    private string Line(int who, Candidate candidate)
    {
        var before = _network.Queue.Candidates.Values.Count(other => other.FreeSince < candidate.FreeSince);
        return $"{candidate.Free},{Stint(who, candidate.Stint)},{before},{Rank(candidate.Told)}";
    }

    private int Rank(long offer) => Array.BinarySearch(_offers, offer);

    private int Stint(int who, long stint) => Array.BinarySearch(_stints[who], stint);

    private IEnumerable<Owed> Messages() => _network.Lanes.Values.SelectMany(lane => lane).Concat(_network.Late);

    private IEnumerable<long> Offers()
    {
        yield return 0;
        foreach (var call in _network.Calls)
        {
            yield return call.LastOffer;
            yield return call.Interpreter?.Offer ?? 0;
            yield return call.Colleague?.Interpreter?.Offer ?? 0;
        }

        foreach (var who in _network.Interpreters)
        {
            yield return who.Held?.Offer ?? 0;
        }

        foreach (var ticket in _network.Queue.Tickets.Values)
        {
            yield return ticket.Offer;
        }

        foreach (var candidate in _network.Queue.Candidates.Values)
        {
            yield return candidate.Told;
        }

        foreach (var owed in Messages())
        {
            yield return NetworkLedger.OfferOf(owed)?.Offer ?? 0;
        }
    }

    private IEnumerable<long> Stints(int who)
    {
        var name = MachineNetwork.NameOf(who);
        yield return _network.Interpreters[who].Stint;
        yield return _network.Queue.Candidates.GetValueOrDefault(name)?.Stint ?? 0;
        foreach (var owed in Messages())
        {
            switch (owed)
            {
                case Owed.ByInterpreter { Effect: InterpreterEffect.TellFree free } by when by.Interpreter == who:
                    yield return free.Stint;
                    break;
                case Owed.ByInterpreter { Effect: InterpreterEffect.TellGone gone } by when by.Interpreter == who:
                    yield return gone.Stint;
                    break;
                case Owed.ByQueue { Effect: QueueEffect.Reserve reserve } when reserve.Interpreter == name:
                    yield return reserve.Stint;
                    break;
            }
        }
    }
}
