namespace Vrs.Grains.Interfaces.Accounts;

/// <summary>One account; keyed by <see cref="UserId"/>.</summary>
[Alias("vrs.IAccountGrain")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>The account, or null when there is none by this name.</summary>
    [Alias("Get")]
    Task<Account?> Get();

    /// <summary>Creates or replaces the account.</summary>
    [Alias("Put")]
    Task Put(Account account);

    /// <summary>
    /// Whom the caller would like to have as her interpreter from now on; null for anyone. Nothing happens when there
    /// is no such account.
    /// </summary>
    [Alias("Prefer")]
    Task Prefer(InterpreterPreference? preference);

    /// <summary>Removes the account; nothing happens when there is none.</summary>
    [Alias("Remove")]
    Task Remove();
}
