using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Accounts;

/// <summary>
/// Finds an interpreter by what callers know of her: the name or the CA number she said. There is no list for callers
/// to read.
/// </summary>
/// <param name="options">The configured accounts.</param>
/// <param name="environment">In Development the demo accounts count too.</param>
internal sealed class KnownInterpreters(IOptions<AccountsOptions> options, IHostEnvironment environment)
{
    private readonly ImmutableArray<Account> _all =
    [
        .. options.Value.Users.Select(entry => entry.ToAccount())
            .Concat(environment.IsDevelopment() ? DemoAccounts.All : [])
            .Where(account => account.Role is AccountRole.Interpreter)
            .DistinctBy(account => account.User),
    ];

    /// <summary>Everybody it may mean: of account, CA number, whole name and given name the first that fits.</summary>
    /// <param name="text">As the caller wrote it; case and spaces around do not matter.</param>
    public ImmutableArray<Account> Find(string text)
    {
        var wanted = text.Trim();
        Func<Account, string?>[] keys =
        [
            account => account.User.Value,
            account => account.CaId,
            account => account.DisplayName,
            account => account.DisplayName.Split(' ')[0],
        ];
        return keys
            .Select(key => _all.Where(one => string.Equals(key(one), wanted, StringComparison.OrdinalIgnoreCase)))
            .Select(found => found.ToImmutableArray())
            .FirstOrDefault(found => !found.IsEmpty, []);
    }
}
