using System.Globalization;

namespace Vrs.Silo.Records;

/// <summary>
/// Reads records in order and finds what cannot be: gaps, broken seals, times that contradict each other. Pure; memory
/// is bounded by the number of days.
/// </summary>
/// <param name="erased">What is left of records that were erased.</param>
internal sealed class RecordAudit(ErasedRecords erased)
{
    /// <summary>Faults told in full; the rest is only counted.</summary>
    private const int ToldMax = 100;

    private readonly SortedDictionary<string, string> _heads = new(erased.Heads, StringComparer.Ordinal);
    private readonly Queue<(long First, long Last)> _erased = new(erased.Runs);
    private readonly List<string> _faults = [];
    private bool _sealsEnded;

    /// <summary>Records read, and erased ones before them.</summary>
    public long Count { get; private set; }

    /// <summary>Records that were erased when their time was over.</summary>
    public long Erased { get; } = erased.Runs.Sum(run => run.Last - run.First + 1);

    /// <summary>The newest records, which are not sealed yet.</summary>
    public long Unsealed { get; private set; }

    public long FaultCount { get; private set; }

    /// <summary>What is wrong, in plain sentences.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The last digest of each day. Kept elsewhere, they show that nothing was cut off at the end.</summary>
    public IReadOnlyDictionary<string, string> Heads => _heads;

    /// <summary>Looks at the next record.</summary>
    public void Look(CallRecordRow record)
    {
        while (_erased.TryPeek(out var gone) && gone.First == Count + 1)
        {
            Count = _erased.Dequeue().Last;
        }

        Count++;
        if (record.sequence != Count)
        {
            Fault(record, $"follows {Count - 1}: records are missing or doubled");
            Count = record.sequence;
        }

        LookAtSeal(record);
        foreach (var rule in Rules.Where(rule => !rule.Holds(record)))
        {
            Fault(record, rule.Broken);
        }
    }

    /// <summary>Rules of one record; times are text that sorts. 47 CFR 64.604(c)(5)(iii)(D).</summary>
    private static IReadOnlyList<(string Broken, Func<CallRecordRow, bool> Holds)> Rules { get; } =
    [
        ("ends before it arrived", record => InOrder(record.arrived_at, record.ended_at)),
        ("has an answer outside the call",
            record => InOrder(record.arrived_at, record.answered_at, record.ended_at)),
        ("has a session outside the call",
            record => InOrder(record.arrived_at, record.session_start, record.session_end, record.ended_at)),
        ("has a conversation outside the session",
            record => InOrder(
                record.session_start, record.conversation_start, record.conversation_end, record.session_end)),
        ("has a conversation without a session",
            record => record.conversation_start is null || record.session_start is not null),
        ("has a start without an end",
            record => record.session_start is null == record.session_end is null
                && record.conversation_start is null == record.conversation_end is null),
        ("has a session with nobody's CA id", record => record.session_start is null || record.ca_id.Length > 0),
        ("has session seconds that its times do not give",
            record => record.session_seconds == Seconds(record.session_start, record.session_end)),
        ("has conversation seconds that its times do not give",
            record => record.conversation_seconds == Seconds(record.conversation_start, record.conversation_end)),
        ("has a conversation with no number that was reached",
            record => record.conversation_start is null || record.outbound_number is not null),
    ];

    private static bool InOrder(params IEnumerable<string?> times)
    {
        var known = times.OfType<string>().ToList();
        return known.SequenceEqual(known.Order(StringComparer.Ordinal));
    }

    /// <summary>In whole seconds as printed, as the record counts them.</summary>
    private static long Seconds(string? from, string? to) =>
        from is null || to is null ? 0 : Parse(to).ToUnixTimeSeconds() - Parse(from).ToUnixTimeSeconds();

    private static DateTimeOffset Parse(string time) =>
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private void LookAtSeal(CallRecordRow record)
    {
        if (record.digest is not { } digest)
        {
            Unsealed++;
            _sealsEnded = true;
            return;
        }

        if (_sealsEnded)
        {
            Fault(record, "is sealed, but one before it is not: a seal was taken away");
            _sealsEnded = false;
        }

        var day = RecordSeal.DayOf(record);
        if (RecordSeal.Of(_heads.GetValueOrDefault(day) ?? RecordSeal.Before(day), record) != digest)
        {
            Fault(record, "does not fit its seal: it, or the one before it, was changed");
        }

        _heads[day] = digest;
    }

    private void Fault(CallRecordRow record, string what)
    {
        FaultCount++;
        if (_faults.Count < ToldMax)
        {
            _faults.Add($"Record {record.sequence} (call {record.call_id}) {what}.");
        }
    }
}
