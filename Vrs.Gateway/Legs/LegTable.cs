using System.Collections.Immutable;

namespace Vrs.Gateway.Legs;

/// <summary>One cell: where to go and what to do, or why nothing happens, or why the call is told no.</summary>
/// <param name="Next">The stage afterwards.</param>
/// <param name="Actions">What to do, in order.</param>
/// <param name="IgnoredBecause">Why nothing happens; else null.</param>
/// <param name="RefusedBecause">Why the call's command is refused as stale; else null.</param>
internal readonly record struct LegStep(
    LegStage Next, ImmutableArray<LegAction> Actions, string? IgnoredBecause, string? RefusedBecause);

/// <summary>A leg's machine: every (stage, trigger) of it has exactly one cell.</summary>
/// <param name="stages">Its stages; where it starts comes first, Over is added.</param>
/// <param name="triggers">Its triggers.</param>
internal sealed class LegTable(ImmutableArray<LegStage> stages, ImmutableArray<LegTrigger> triggers)
{
    private readonly Dictionary<(LegStage, LegTrigger), LegStep> _cells = [];

    public ImmutableArray<LegStage> Stages { get; } = stages.Add(LegStage.Over);

    public ImmutableArray<LegTrigger> Triggers { get; } = triggers;

    /// <summary>Where a leg of this kind starts.</summary>
    public LegStage Initial => Stages[0];

    /// <summary>The cell.</summary>
    /// <exception cref="InvalidOperationException">There is none: a programmer's mistake.</exception>
    public LegStep this[LegStage stage, LegTrigger trigger] => _cells.TryGetValue((stage, trigger), out var step)
        ? step
        : throw new InvalidOperationException($"A leg in {stage} has no cell for {trigger}.");

    /// <summary>Whether the cell is there; the totality test asks.</summary>
    public bool Has(LegStage stage, LegTrigger trigger) => _cells.ContainsKey((stage, trigger));

    /// <summary>Adds a step.</summary>
    public LegTable On(LegStage stage, LegTrigger trigger, LegStage next, params ReadOnlySpan<LegAction> actions)
    {
        _cells.Add((stage, trigger), new LegStep(next, [.. actions], null, null));
        return this;
    }

    /// <summary>Adds cells in which nothing happens.</summary>
    public LegTable Ignore(LegStage stage, string because, params ReadOnlySpan<LegTrigger> ignored)
    {
        foreach (var trigger in ignored)
        {
            _cells.Add((stage, trigger), new LegStep(stage, [], because, null));
        }

        return this;
    }

    /// <summary>Adds cells in which the call's command is refused as stale.</summary>
    public LegTable Refuse(LegStage stage, string because, params ReadOnlySpan<LegTrigger> refused)
    {
        foreach (var trigger in refused)
        {
            _cells.Add((stage, trigger), new LegStep(stage, [], null, because));
        }

        return this;
    }
}
