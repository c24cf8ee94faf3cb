using System.Collections.Immutable;

namespace Vrs.Silo.Records;

/// <summary>What is left of records that were erased when their time was over: their seals.</summary>
/// <param name="Runs">Their sequences, as runs without a gap, in order.</param>
/// <param name="Heads">The last digest of each of their days.</param>
internal sealed record ErasedRecords(
    ImmutableArray<(long First, long Last)> Runs, ImmutableSortedDictionary<string, string> Heads)
{
    /// <summary>Nothing was erased.</summary>
    public static readonly ErasedRecords None = new(
        [], ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));
}
