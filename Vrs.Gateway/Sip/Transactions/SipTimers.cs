namespace Vrs.Gateway.Sip.Transactions;

/// <summary>How long each timer runs (RFC 3261 table 4, RFC 6026 section 7.1 for L and M).</summary>
/// <param name="Reliable">Whether the transport delivers or fails: no retransmissions, no waiting for stray
/// copies.</param>
public sealed record SipTimers(bool Reliable)
{
    /// <summary>Round-trip estimate.</summary>
    public TimeSpan T1 { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest interval between retransmissions.</summary>
    public TimeSpan T2 { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Longest life of a message in the network.</summary>
    public TimeSpan T4 { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a request, or a 2xx without ACK, waits: 64 * T1.</summary>
    public TimeSpan Timeout => 64 * T1;

    /// <summary>The delay of a timer; null when this transport doesn't have it, zero when it fires at once.</summary>
    /// <param name="arm">The action that arms it.</param>
    /// <param name="firing">How often it fired before.</param>
    /// <param name="state">Where the transaction is: timer E slows down in Proceeding (section 17.1.2.2).</param>
    public TimeSpan? Delay(TransactionAction arm, int firing, TransactionState state) => arm switch
    {
        TransactionAction.ArmA => Reliable ? null : T1 * (1 << Math.Min(firing, 6)),
        TransactionAction.ArmE => Reliable ? null : state == TransactionState.Proceeding ? T2 : Doubled(firing),
        TransactionAction.ArmG => Reliable ? null : Doubled(firing),
        TransactionAction.ArmD => Reliable ? TimeSpan.Zero : TimeSpan.FromSeconds(32),
        TransactionAction.ArmI or TransactionAction.ArmK => Reliable ? TimeSpan.Zero : T4,
        TransactionAction.ArmJ => Reliable ? TimeSpan.Zero : Timeout,
        TransactionAction.ArmB or TransactionAction.ArmF or TransactionAction.ArmH or TransactionAction.ArmL
            or TransactionAction.ArmM => Timeout,
        _ => throw new ArgumentOutOfRangeException(nameof(arm), arm, "Not a timer."),
    };

    /// <summary>
    /// T1, doubled each time, at most T2: also the rhythm of an unacknowledged 2xx (section 13.3.1.4).
    /// </summary>
    public TimeSpan Doubled(int firing)
    {
        var delay = T1 * (1 << Math.Min(firing, 6));
        return delay < T2 ? delay : T2;
    }
}
