namespace Vrs.Silo.Audit;

/// <summary>
/// Reads seals with their events and finds what cannot be. Pure; memory is bounded by the number of days.
/// </summary>
/// <param name="erased">Days whose events may be gone.</param>
internal sealed class AuditCheck(IReadOnlySet<string> erased)
{
    private const int ToldMax = 100;

    private readonly SortedDictionary<string, string> _heads = new(StringComparer.Ordinal);
    private readonly List<string> _faults = [];

    /// <summary>Seals read.</summary>
    public long Count { get; private set; }

    /// <summary>Events that were erased when their time was over.</summary>
    public long Erased { get; private set; }

    public long FaultCount { get; private set; }

    /// <summary>What is wrong, in plain sentences.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The last digest of each day. Kept elsewhere, they show that nothing was cut off at the end.</summary>
    public IReadOnlyDictionary<string, string> Heads => _heads;

    /// <summary>Looks at the next seal.</summary>
    public void Look(SealedAudit seal)
    {
        if (seal.Position != ++Count)
        {
            Fault(seal, $"follows {Count - 1}: seals were taken away");
            Count = seal.Position;
        }

        if (seal.Event is { } entry)
        {
            if (AuditSealer.Digest(_heads.GetValueOrDefault(seal.Day), entry) != seal.Digest || entry.Day() != seal.Day)
            {
                Fault(seal, $"does not fit event {entry.id} ({entry.subject}): it, or the one before it, was changed");
            }
        }
        else if (erased.Contains(seal.Day))
        {
            Erased++;
        }
        else
        {
            Fault(seal, $"has no event: one of {seal.Day} was taken away");
        }

        _heads[seal.Day] = seal.Digest;
    }

    private void Fault(SealedAudit seal, string what)
    {
        FaultCount++;
        if (_faults.Count < ToldMax)
        {
            _faults.Add($"Seal {seal.Position} {what}.");
        }
    }
}
