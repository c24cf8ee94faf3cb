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
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in options.Value.Users)
        {
            await Put(entry.ToAccount());
        }

        foreach (var demo in DemoAccounts.All)
        {
            await (environment.IsDevelopment() ? PutDemo(demo) : Remove(demo));
        }

        if (options.Value.LoadAccounts > 0)
        {
            await PutLoadAccounts(options.Value.LoadAccounts);
        }

        // A store from Development holds them without a gap, so the first that is missing is the end.
        var index = 0;
        while (!environment.IsDevelopment() && await RemoveLoadAccounts(index))
        {
            index++;
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

    private async Task PutLoadAccounts(int count)
    {
        // One hash for all: they share a password anyway, and hundreds of hashes would take a minute.
        var hash = await DemoHash(LoadAccounts.At(0)[0].User);
        foreach (var account in Enumerable.Range(0, count).SelectMany(LoadAccounts.At))
        {
            await Put(account with { PasswordHash = hash });
        }
    }

    // The hash is kept when the password is still the same: a new one would end every sign-in at each restart.
    private async Task<string> DemoHash(UserId user)
    {
        var known = await grains.GetGrain<IAccountGrain>(user.Value).Get();
        return known is not null && passwords.Matches(known.PasswordHash, options.Value.DemoPassword)
            ? known.PasswordHash
            : passwords.Hash(options.Value.DemoPassword);
    }

    private async Task<bool> RemoveLoadAccounts(int index)
    {
        var found = false;
        foreach (var account in LoadAccounts.At(index))
        {
            found |= await Remove(account);
        }

        return found;
    }

    private async Task Put(Account account)
    {
        // What a caller chose on her page stays, unless the configuration says otherwise.
        var grain = grains.GetGrain<IAccountGrain>(account.User.Value);
        var chosen = account.Wishes?.Preference ?? (await grain.Get())?.Wishes?.Preference;
        await grain.Put(chosen is null
            ? account
            : account with { Wishes = new StandingWishes(account.Wishes?.Required ?? [], chosen) });
        if (account.Number is { } number)
        {
            await grains.GetGrain<IDirectoryGrain>(number)
                .Assign(new DirectoryEntry(account.User, account.Role, account.DisplayName));
        }

        LogAccountPut(account.User, account.Role);
    }

    private async Task<bool> Remove(Account demo)
    {
        var grain = grains.GetGrain<IAccountGrain>(demo.User.Value);
        if (await grain.Get() is null)
        {
            return false;
        }

        await grain.Remove();
        if (demo.Number is { } number)
        {
            var entry = grains.GetGrain<IDirectoryGrain>(number);
            if ((await entry.Resolve())?.User == demo.User)
            {
                await entry.Assign(null);
            }
        }

        LogDemoAccountRemoved(demo.User);
        return true;
    }

    [LoggerMessage(LogLevel.Debug, "Account {User} ({ActorRole}) is in place.")]
    private partial void LogAccountPut(UserId user, AccountRole actorRole);

    [LoggerMessage(LogLevel.Warning, "{User}, an account with a known password, is removed: this is not Development.")]
    private partial void LogDemoAccountRemoved(UserId user);
}
