using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Gateway.Accounts;

/// <summary>The accounts that exist in Development, and nowhere else, so that a first call takes one command.</summary>
public static class DemoAccounts
{
    private static readonly PoolId Pool = PoolId.From("ase+en");

    /// <summary>All of them, without a password.</summary>
    public static IReadOnlyList<Account> All { get; } =
    [
        Caller("dana", "Dana Reyes", "+15550101"),
        Caller("deniz", "Deniz Aydin", "+15550102"),
        Interpreter("ines", "Ines Marchetti", "7001", "female"),
        Interpreter("ivan", "Ivan Petrov", "7002", "male"),
        Phone("hana", "Hana Suzuki", "+15550201"),
        Phone("hugo", "Hugo Lambert", "+15550202"),
        // Answers 911 where no real call can come from, so that an emergency call can be tried from end to end.
        Phone("psap", "Emergency desk (test, development only)", "911"),
        Make("olga", AccountRole.Operator, "Olga Nowak", null),
    ];

    /// <summary>Whether this is the name of a demo account.</summary>
    public static bool IsDemo(string user) => All.Any(a => a.User.Value == user);

    private static Account Caller(string user, string name, string number) =>
        Make(user, AccountRole.Caller, name, number) with { Pools = [Pool] };

    private static Account Interpreter(string user, string name, string caId, string gender) =>
        Make(user, AccountRole.Interpreter, name, null) with
        {
            Pools = [Pool],
            CaId = caId,
            Skills = [Qualification.Gender(gender)],
        };

    private static Account Phone(string user, string name, string number) =>
        Make(user, AccountRole.Phone, name, number);

    private static Account Make(string user, AccountRole role, string name, string? number) =>
        new(UserId.From(user), role, name, number, PasswordHash: "", Pools: [], Skills: [], CaId: null);
}

/// <summary>A demo account as the sign-in page offers it.</summary>
/// <param name="User">The account's name.</param>
/// <param name="DisplayName">Its display name.</param>
/// <param name="Role">Its role.</param>
/// <param name="Number">Its number, or null.</param>
public sealed record DemoAccountView(UserId User, string DisplayName, AccountRole Role, string? Number)
{
    internal static DemoAccountView For(Account account) =>
        new(account.User, account.DisplayName, account.Role, account.Number);
}
