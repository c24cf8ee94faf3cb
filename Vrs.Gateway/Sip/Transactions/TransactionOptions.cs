namespace Vrs.Gateway.Sip.Transactions;

/// <summary>Bounds of one flow's transactions.</summary>
public sealed record TransactionOptions
{
    public static readonly TransactionOptions Default = new();

    /// <summary>Server transactions at a time; 503 above.</summary>
    public int MaxServerTransactions { get; init; } = 256;

    /// <summary>2xx with different To tags to one INVITE that are handled; others are ignored.</summary>
    public int MaxForks { get; init; } = 8;
}
