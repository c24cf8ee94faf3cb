namespace Vrs.Grains.Interfaces.Accounts;

/// <summary>One person or phone known to the service.</summary>
/// <param name="User">The account's name.</param>
/// <param name="Role">What it may do.</param>
/// <param name="DisplayName">The name other parties see.</param>
/// <param name="Number">E.164 number, or null (interpreters and operators have none).</param>
/// <param name="PasswordHash">As made by ASP.NET Core's <c>PasswordHasher</c>; never logged.</param>
/// <param name="Pools">For interpreters: the pools they serve. For callers: the pool that serves them, first
/// entry.</param>
/// <param name="Skills">For interpreters: qualifications (<see cref="Qualification"/>), ordinal order.</param>
/// <param name="CaId">For interpreters: the communications assistant's number in records; else null.</param>
/// <param name="Wishes">For callers and phones: what their calls ask of interpreters; null for nothing.</param>
[GenerateSerializer, Immutable, Alias("vrs.Account")]
public sealed record Account(
    [property: Id(0)] UserId User,
    [property: Id(1)] AccountRole Role,
    [property: Id(2)] string DisplayName,
    [property: Id(3)] string? Number,
    [property: Id(4)] string PasswordHash,
    [property: Id(5)] ImmutableArray<PoolId> Pools,
    [property: Id(6)] ImmutableArray<string> Skills,
    [property: Id(7)] string? CaId,
    [property: Id(8)] StandingWishes? Wishes = null)
{
    /// <summary>Prints without the hash, so that a log of an account is harmless.</summary>
    public override string ToString() => $"{User} ({Role})";
}
