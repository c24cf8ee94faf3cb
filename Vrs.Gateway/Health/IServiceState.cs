namespace Vrs.Gateway.Health;

/// <summary>Whether the service can do what it promises to a caller who calls now.</summary>
public interface IServiceState
{
    /// <summary>Why no new calls are taken, or null.</summary>
    Outage? Outage { get; }
}

/// <summary>Something the service needs is away.</summary>
/// <param name="Detail">What callers are told, in plain words.</param>
/// <param name="RetryAfter">When calling again is worth while.</param>
public sealed record Outage(string Detail, TimeSpan RetryAfter);

/// <summary>The state of a gateway that knows of nothing it could miss: calls are refused by those who do.</summary>
internal sealed class NoOutage : IServiceState
{
    /// <inheritdoc/>
    public Outage? Outage => null;
}
