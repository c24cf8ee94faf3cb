using System.Text.Json;
using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;

namespace Vrs.Grains.Domain.Machines;

/// <summary>
/// Replays a log against the tables: every step of every call and interpreter must be one that its table has, begin
/// where the one before it ended, and carry the next version. What a crash or a failed write lost is excused only where
/// the log says that there was one.
/// </summary>
public sealed class TraceCheck
{
    private const int MaxFaults = 50;

    private static readonly Dictionary<string, TraceRules> Machines = new(StringComparer.Ordinal)
    {
        ["call"] = TraceRules.Of(CallMachine.Table, CallPhase.New, "correlation_id"),
        ["interpreter"] = TraceRules.Of(InterpreterMachine.Table, InterpreterStatus.SignedOut, "interpreter"),
    };

    /// <summary>The role of a process that shares the grains with others of its kind.</summary>
    private const string OneOfSeveral = "grains";

    private readonly Dictionary<(string Machine, string Entity), Place> _places = [];
    private readonly List<string> _faults = [];
    private bool _isOneOfSeveral;

    /// <summary>What is illegal, each with its line; at most 50.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>How many steps were checked.</summary>
    public int Steps { get; private set; }

    /// <summary>How many calls and interpreters they belong to.</summary>
    public int Entities => _places.Count;

    /// <summary>Reads one line of a log; a line that is no JSON, or tells of no machine, says nothing.</summary>
    /// <param name="where">File and line, for messages.</param>
    /// <param name="line">The line.</param>
    public void Read(string where, string line)
    {
        if (!line.StartsWith('{'))
        {
            return;
        }

        try
        {
            using var json = JsonDocument.Parse(line);
            if (FaultOf(json.RootElement) is { } fault && _faults.Count < MaxFaults)
            {
                _faults.Add($"{where}: {fault}");
            }
        }
        catch (JsonException)
        {
            // The last line of a server that was killed may be half a line.
        }
    }

    private string? FaultOf(JsonElement line)
    {
        var name = Text(line, "event_name");
        var machine = Text(line, "machine");
        if (name == "service_starting")
        {
            _isOneOfSeveral = TraceRules.Plain(Text(line, "role")) == OneOfSeveral;
            Lose(_places.Keys);
            return null;
        }

        if (name == "state_given_up")
        {
            Lose(_places.Keys.Where(key => key == (machine, Text(line, "entity"))));
            return null;
        }

        return Machines.TryGetValue(machine, out var rules) ? FaultOf(line, name, machine, rules) : null;
    }

    /// <summary>What the log said last need not be what is stored.</summary>
    private void Lose(IEnumerable<(string Machine, string Entity)> keys)
    {
        foreach (var key in keys.ToList())
        {
            _places[key] = _places[key] with { IsLost = true };
        }
    }

    private string? FaultOf(JsonElement line, string name, string machine, TraceRules rules)
    {
        var key = (machine, Text(line, rules.EntityField));
        if (!long.TryParse(Text(line, "version"), out var version))
        {
            return $"a step of {machine} {key.Item2} tells no version";
        }

        var isReturn = name == "restored";
        var from = TraceRules.Plain(Text(line, "state_from"));
        var to = TraceRules.Plain(Text(line, "state_to"));
        var known = _places.GetValueOrDefault(key) ?? new Place(rules.Initial, 0, IsLost: false);
        _places[key] = new Place(to, version, known.IsLost && !isReturn);
        return isReturn
            ? FaultOfReturn(known, to, version)
            : FaultOfStep(rules, known, from, TraceRules.Plain(name), to, version);
    }

    /// <summary>Whoever lived at another silo meanwhile has gone on there.</summary>
    private string? FaultOfReturn(Place known, string to, long version) =>
        known.IsLost
        || known.Version == 0
        || (known.Version == version && known.State == to)
        || (_isOneOfSeveral && version > known.Version)
            ? null
            : $"comes back in {to} at version {version}, and was in {known.State} at version {known.Version}";

    private string? FaultOfStep(TraceRules rules, Place known, string from, string name, string to, long version)
    {
        Steps++;
        return rules.FaultOf(from, name, to)
            ?? (known.Version + 1 != version ? $"version {version} follows version {known.Version}" : null)
            ?? (known.State != from ? $"{name} in {from}, but the last step ended in {known.State}" : null);
    }

    private static string Text(JsonElement line, string field) =>
        line.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    /// <summary>Where somebody stands, as far as the log has told.</summary>
    private sealed record Place(string State, long Version, bool IsLost);
}
