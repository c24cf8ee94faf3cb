using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Directory;

namespace Vrs.Gateway.Accounts;

/// <summary>
/// Puts the configured accounts in place at start. In Development the demo accounts too; elsewhere any that a store
/// from Development still holds are removed before the first request is served.
/// </summary>
/// <param name="grains">Reaches account and directory grains.</param>
/// <param name="options">The configured accounts.</param>
/// <param name="passwords">Hashes the demo password.</param>
/// <param name="environment">Tells whether this is Development.</param>
/// <param name="log">The log.</param>
internal sealed partial class AccountSeeding(
    IGrainFactory grains,
    IOptions<AccountsOptions> options,
    Passwords passwords,
    IHostEnvironment environment,
    ILogger<AccountSeeding> log) : IHostedService
{
    /// <summary>How many are put in place at a time: their writes are committed together.</summary>
    private const int Together = 32;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Each(options.Value.Users, entry => Put(entry.ToAccount()), cancellationToken);
        await Each(
            DemoAccounts.All, demo => environment.IsDevelopment() ? PutDemo(demo) : Remove(demo), cancellationToken);
        if (environment.IsDevelopment())
        {
            await PutLoadAccounts(options.Value.LoadAccounts, cancellationToken);
        }
        else
        {
            await RemoveLoadAccounts();
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task PutDemo(Account demo)
    {
        if (!options.Value.Users.Any(u => u.User == demo.User.Value))
        {
            await Put(demo with { PasswordHash = await DemoHash(demo.User) });
        }
    }

    private static Task Each<TItem>(IEnumerable<TItem> items, Func<TItem, Task> work, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = cancellation },
            async (item, _) => await work(item));

    private async Task PutLoadAccounts(int count, CancellationToken cancellation)
    {
        if (count == 0)
        {
            return;
        }

        // One hash for all: they share a password anyway, and hundreds of hashes would take a minute.
        var hash = await DemoHash(LoadAccounts.At(0)[0].User);
        Account[] last = [.. WithPassword(count - 1, hash)];
        if (await AreInPlace(last))
        {
            return;
        }

        await Each(
            Enumerable.Range(0, count - 1),
            async index =>
            {
                foreach (var account in WithPassword(index, hash))
                {
                    await Put(account);
                }
            },
            cancellation);
        // The last ones come last: where they are, all are.
        await Each(last, Put, cancellation);
    }

    private static IEnumerable<Account> WithPassword(int index, string hash) =>
        LoadAccounts.At(index).Select(account => account with { PasswordHash = hash });

    private async Task<bool> AreInPlace(IEnumerable<Account> accounts)
    {
        foreach (var account in accounts)
        {
            if (await Known(account) is not { } known || !IsSame(known, account))
            {
                return false;
            }
        }

        return true;
    }

    // The hash is kept when the password is still the same: a new one would end every sign-in at each restart.
    private async Task<string> DemoHash(UserId user)
    {
        var known = await grains.GetGrain<IAccountGrain>(user.Value).Get();
        return known is not null && passwords.Matches(known.PasswordHash, options.Value.DemoPassword)
            ? known.PasswordHash
            : passwords.Hash(options.Value.DemoPassword);
    }

    private async Task RemoveLoadAccounts()
    {
        // Backwards: a removal that is interrupted leaves the first ones, by which the next finds them.
        for (var index = await LastLoadAccount(); index >= 0; index--)
        {
            await Each(LoadAccounts.At(index), Remove, CancellationToken.None);
        }
    }

    /// <summary>The last that a store holds; there may be gaps of as many as were made together.</summary>
    private async Task<int> LastLoadAccount()
    {
        var last = -1;
        for (var index = 0; index <= last + Together; index++)
        {
            foreach (var account in LoadAccounts.At(index))
            {
                last = await Known(account) is null ? last : index;
            }
        }

        return last;
    }

    private async Task Put(Account account)
    {
        var known = await Known(account);
        // What a caller chose on her page stays, unless the configuration says otherwise.
        var chosen = account.Wishes?.Preference ?? known?.Wishes?.Preference;
        var wanted = chosen is null
            ? account
            : account with { Wishes = new StandingWishes(account.Wishes?.Required ?? [], chosen) };
        if (known is null || !IsSame(known, wanted))
        {
            await grains.GetGrain<IAccountGrain>(account.User.Value).Put(wanted);
        }

        if (account.Number is { } number)
        {
            var holder = new DirectoryEntry(account.User, account.Role, account.DisplayName);
            var entry = grains.GetGrain<IDirectoryGrain>(number);
            if (await entry.Resolve() != holder)
            {
                await entry.Assign(holder);
            }
        }

        LogAccountPut(account.User, account.Role);
    }

    private Task<Account?> Known(Account account) => grains.GetGrain<IAccountGrain>(account.User.Value).Get();

    /// <summary>By what they hold: records with lists in them are equal only when the lists are the same.</summary>
    private static bool IsSame(Account known, Account wanted) =>
        JsonSerializer.Serialize(known) == JsonSerializer.Serialize(wanted);

    private async Task Remove(Account demo)
    {
        if (await Known(demo) is null)
        {
            return;
        }

        await grains.GetGrain<IAccountGrain>(demo.User.Value).Remove();
        if (demo.Number is { } number)
        {
            var entry = grains.GetGrain<IDirectoryGrain>(number);
            if ((await entry.Resolve())?.User == demo.User)
            {
                await entry.Assign(null);
            }
        }

        LogDemoAccountRemoved(demo.User);
    }

    [LoggerMessage(LogLevel.Debug, "Account {User} ({ActorRole}) is in place.")]
    private partial void LogAccountPut(UserId user, AccountRole actorRole);

    [LoggerMessage(LogLevel.Warning, "{User}, an account with a known password, is removed: this is not Development.")]
    private partial void LogDemoAccountRemoved(UserId user);
}
