using Orleans.Runtime;

namespace Vrs.Grains.Accounts;

/// <summary>One account.</summary>
public sealed class AccountGrain(
    [PersistentState("account")] IPersistentState<KeptAccount> store) : Grain, IAccountGrain
{
    /// <inheritdoc/>
    public Task<Account?> Get() => Task.FromResult(store.State.Account);

    /// <inheritdoc/>
    public Task Put(Account account)
    {
        store.State = new KeptAccount { Account = account };
        return store.WriteStateAsync();
    }

    /// <inheritdoc/>
    public Task Prefer(InterpreterPreference? preference) => store.State.Account is { } account
        ? Put(account with { Wishes = new StandingWishes(account.Wishes?.Required ?? [], preference) })
        : Task.CompletedTask;

    /// <inheritdoc/>
    public Task Remove() => store.RecordExists ? store.ClearStateAsync() : Task.CompletedTask;
}

/// <summary>What is stored of an account.</summary>
public sealed record KeptAccount
{
    /// <summary>The account; null when there is none.</summary>
    public Account? Account { get; init; }
}
