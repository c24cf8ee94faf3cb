using Vrs.Grains.Interfaces.Audit;

namespace Vrs.Grains.Effects;

/// <summary>What a grain stores: its state, and in the same record what it still owes to others.</summary>
/// <typeparam name="TState">The state.</typeparam>
/// <typeparam name="TEffect">The closed hierarchy of effects.</typeparam>
public sealed class Kept<TState, TEffect>
    where TState : class, new()
    where TEffect : class
{
    /// <summary>The state of the machine.</summary>
    public TState State { get; set; } = new();

    /// <summary>Effects not known to be done, in order of sequence.</summary>
    public ImmutableList<Owed<TEffect>> Outbox { get; set; } = [];

    /// <summary>The sequence number of the last effect; rises for ever.</summary>
    public long LastSequence { get; set; }

    /// <summary>Events not known to be in the audit trail, oldest first.</summary>
    public ImmutableList<AuditEvent> Audits { get; set; } = [];
}

/// <summary>One effect on its way.</summary>
/// <typeparam name="TEffect">The closed hierarchy of effects.</typeparam>
/// <param name="Sequence">Its number; whoever receives it does each number once.</param>
/// <param name="Effect">What is owed.</param>
/// <param name="Since">Since when.</param>
public sealed record Owed<TEffect>(long Sequence, TEffect Effect, DateTimeOffset Since);
