using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Gateway.Accounts;

/// <summary>
/// The accounts that a load run uses: <c>load-caller-000</c>, <c>load-interp-000</c>, <c>load-phone-000</c> and so on.
/// Like the demo accounts they have a known password, so they exist in Development only.
/// </summary>
public static class LoadAccounts
{
    /// <summary>The most of each kind.</summary>
    public const int CountMax = 2000;

    private static readonly PoolId Pool = PoolId.From("ase+en");

    /// <summary>The caller, the interpreter and the phone of this number, without a password.</summary>
    /// <param name="index">From 0.</param>
    public static IReadOnlyList<Account> At(int index) =>
    [
        Make($"load-caller-{index:000}", AccountRole.Caller, $"Load Caller {index}", $"+1555{2_000_000 + index}")
            with { Pools = [Pool] },
        Make($"load-interp-{index:000}", AccountRole.Interpreter, $"Load Interpreter {index}", null)
            with { Pools = [Pool], CaId = $"{80_000 + index}" },
        Make($"load-phone-{index:000}", AccountRole.Phone, $"Load Phone {index}", $"+1555{3_000_000 + index}"),
    ];

    private static Account Make(string user, AccountRole role, string name, string? number) =>
        new(UserId.From(user), role, name, number, PasswordHash: "", Pools: [], Skills: [], CaId: null);
}
