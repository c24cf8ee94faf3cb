using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Tests.Callflows;

/// <summary>Collects what is observed in a block, and puts it in the form and order of stories.</summary>
internal sealed class StoryLines
{
    private readonly List<(string Device, string Line)> _messages = [];
    private readonly Dictionary<string, (string State, string Detail)> _before = [];
    private readonly SortedDictionary<string, (string State, string Detail)> _after = new(StringComparer.Ordinal);

    /// <summary>A device sent a message.</summary>
    public void FromDevice(string device, string message) =>
        _messages.Add((device, $"{device,-8} -> gateway  {message}"));

    /// <summary>A device was sent a message. Repeated progress is told once.</summary>
    public void ToDevice(string device, string message)
    {
        var line = $"gateway  -> {device,-8} {message}";
        if (message != Status(182) || !_messages.Contains((device, line)))
        {
            _messages.Add((device, line));
        }
    }

    /// <summary>How a call or an interpreter stands now.</summary>
    public void State(string who, string state, string detail = "") => _after[who] = (state, detail);

    /// <summary>How a call or an interpreter stood before the story.</summary>
    public void Begin(string who, string state) => _before.TryAdd(who, (state, ""));

    /// <summary>What was observed since the last time; the next time begins now.</summary>
    public IReadOnlyList<string> Take()
    {
        var lines = Peek();
        _messages.Clear();
        foreach (var (who, after) in _after)
        {
            _before[who] = after;
        }

        return lines;
    }

    /// <summary>What was observed since the last time.</summary>
    public IReadOnlyList<string> Peek()
    {
        var lines = _messages.OrderBy(message => PlaceOf(message.Device))
            .Select(message => message.Line)
            .ToList();
        foreach (var (who, after) in _after)
        {
            var before = _before[who];
            if (before != after)
            {
                lines.Add($"{who,-8} {before.State} -> {after.State}  {after.Detail}".TrimEnd());
            }
        }

        return lines;
    }

    /// <summary>What is told of a call beside its phase.</summary>
    public static string DetailOf(CallView? call) =>
        call is null ? ""
        : call.EndReason is not EndReason.None ? call.EndReason.ToString()
        : call.Colleague is { } colleague ? $"{colleague.Purpose} {colleague.Stage}{(colleague.Early ? " early" : "")}"
        : call is { Phase: CallPhase.Connected, CalleeStatus: > 0 } ? $"callee {call.CalleeStatus}"
        : call.CallerAway ? "caller away"
        : call.Legs.Any(leg => leg.Hold is not null)
            ? Holds(call.Legs.Where(leg => leg.Hold is not null)
                .Select(leg => (leg.Role.ToString(), leg.Hold!.IsLong)))
        : call.ColleagueOutcome is not ColleagueOutcome.None ? call.ColleagueOutcome.ToString()
        : "";

    /// <summary>What is told of an interpreter beside her status.</summary>
    public static string DetailOf(bool breakIsDue) => breakIsDue ? "break due" : "";

    /// <summary>What a page shows when something was asked for in vain.</summary>
    public static string Refused(string detail) => $"refused: {detail}";

    private static int PlaceOf(string device) => Cast.Order.TakeWhile(known => known != device).Count();

    /// <summary>Who holds the other side, as a state's detail.</summary>
    public static string Holds(IEnumerable<(string Role, bool IsLong)> holds) =>
        string.Join(", ", holds.Select(hold => $"held by {hold.Role}{(hold.IsLong ? " for long" : "")}"));

    /// <summary>A status line as stories write it.</summary>
    public static string Status(int status) => status switch
    {
        180 => "180 Ringing",
        182 => "182 Queued",
        200 => "200 OK",
        408 => "408 Request Timeout",
        480 => "480 Temporarily Unavailable",
        486 => "486 Busy Here",
        487 => "487 Request Terminated",
        488 => "488 Not Acceptable Here",
        491 => "491 Request Pending",
        500 => "500 Server Internal Error",
        603 => "603 Decline",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No story has shown this status yet."),
    };
}
