using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Legs;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Gateway.Accounts;

/// <summary>The section <c>Accounts</c> of the configuration: people and phones the operator puts in place.</summary>
public sealed class AccountsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Accounts";

    /// <summary>Accounts made or replaced at start.</summary>
    public IList<AccountEntry> Users { get; } = [];

    /// <summary>The password of every demo account; Development only.</summary>
    public string DemoPassword { get; set; } = "demo";

    /// <summary>How many accounts of each kind to make for load runs; Development only.</summary>
    public int LoadAccounts { get; set; }

    /// <summary>PBKDF2 iterations for new password hashes; existing hashes keep their own.</summary>
    public int HashIterations { get; set; } = 210_000;
}

/// <summary>One account in the configuration.</summary>
public sealed class AccountEntry
{
    /// <summary>The account's name.</summary>
    public string User { get; set; } = "";

    /// <summary><c>caller</c>, <c>interpreter</c>, <c>phone</c> or <c>operator</c>.</summary>
    public string Role { get; set; } = "";

    /// <summary>The name other parties see.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>E.164 number; callers and phones have one, interpreters and operators none.</summary>
    public string? Number { get; set; }

    /// <summary>As <c>Vrs.Silo hash-password</c> prints it.</summary>
    public string PasswordHash { get; set; } = "";

    /// <summary>Language pairs, e.g. <c>ase+en</c>.</summary>
    public IList<string> Pools { get; } = [];

    /// <summary>Skills of an interpreter, e.g. <c>medical</c>.</summary>
    public IList<string> Skills { get; } = [];

    /// <summary>Certifications of an interpreter, e.g. <c>nic</c>.</summary>
    public IList<string> Certifications { get; } = [];

    /// <summary>The country an interpreter works from, ISO 3166-1 alpha-2.</summary>
    public string? Country { get; set; }

    /// <summary>The gender an interpreter states, for callers who wish for one.</summary>
    public string? Gender { get; set; }

    /// <summary>What interpreters must have for calls of this caller, or with this number.</summary>
    public IList<string> Requires { get; } = [];

    /// <summary>The interpreter whom this caller would like to have.</summary>
    public InterpreterWishEntry? Prefers { get; set; }

    /// <summary>The CA number of an interpreter.</summary>
    public string? CaId { get; set; }

    /// <summary>The account this entry asks for. Only valid after validation.</summary>
    public Account ToAccount() => new(
        UserId.From(User),
        RoleNames.FromName(Role) ?? throw new InvalidOperationException($"No such role: '{Role}'."),
        DisplayName,
        Number,
        PasswordHash,
        [.. Pools.Select(PoolId.From)],
        Qualifications(),
        CaId,
        Requires.Count == 0 && Prefers is null
            ? null
            : new StandingWishes(Qualification.Set(Requires), Prefers?.ToPreference()));

    private ImmutableArray<string> Qualifications()
    {
        var words = Skills.Concat(Certifications.Select(Qualification.Certification));
        if (Country is not null)
        {
            words = words.Append(Qualification.Country(Country));
        }

        return Qualification.Set(Gender is null ? words : words.Append(Qualification.Gender(Gender)));
    }
}

/// <summary>Finds everything that is wrong with <see cref="AccountsOptions"/>.</summary>
/// <param name="environment">Tells whether this is Development.</param>
public sealed partial class AccountsOptionsValidator(IHostEnvironment environment) : IValidateOptions<AccountsOptions>
{
    private const int HashLengthMin = 60;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AccountsOptions options)
    {
        var faults = new OptionFaults(AccountsOptions.Section);
        for (var i = 0; i < options.Users.Count; i++)
        {
            ValidateEntry(options.Users[i], $"Users:{i}", faults);
        }

        RequireOnce(options.Users.Select(u => u.User), nameof(AccountEntry.User), faults);
        RequireOnce(options.Users.Select(u => u.Number).OfType<string>(), nameof(AccountEntry.Number), faults);
        faults.Require(
            options.HashIterations is >= 10_000 and <= 10_000_000,
            nameof(options.HashIterations),
            options.HashIterations,
            "must be from 10000 to 10000000",
            "Leave it out for 210000.");
        var loadAccountsMax = environment.IsDevelopment() ? LoadAccounts.CountMax : 0;
        faults.Require(
            options.LoadAccounts >= 0 && options.LoadAccounts <= loadAccountsMax,
            nameof(options.LoadAccounts),
            options.LoadAccounts,
            $"must be from 0 to {LoadAccounts.CountMax}, and 0 outside Development",
            "Leave it out.");
        return faults.All.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.All);
    }

    private static void RequireOnce(IEnumerable<string> values, string name, OptionFaults faults)
    {
        foreach (var twice in values.GroupBy(v => v, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            faults.Require(false, $"Users:*:{name}", twice.Key, "must be given once only", "Remove the second entry.");
        }
    }

    private void ValidateEntry(AccountEntry entry, string at, OptionFaults faults)
    {
        var role = RoleNames.FromName(entry.Role);
        var hasNumber = role is AccountRole.Caller or AccountRole.Phone;
        faults.Require(
            UserNames.IsValid(entry.User), $"{at}:User", entry.User, UserNames.Rule, "Choose another name.");
        faults.Require(
            environment.IsDevelopment() || !DemoAccounts.IsDemo(entry.User),
            $"{at}:User",
            entry.User,
            "must not be the name of a demo account outside Development",
            "Choose another name.");
        faults.Require(
            role is not null,
            $"{at}:Role",
            entry.Role,
            "must be caller, interpreter, phone or operator",
            "Choose one of the four.");
        faults.Require(
            entry.DisplayName.Trim().Length is > 0 and <= 64,
            $"{at}:DisplayName",
            entry.DisplayName,
            "must be 1 to 64 characters",
            "Give the name that others see.");
        faults.Require(
            hasNumber ? entry.Number is not null && E164().IsMatch(entry.Number) : entry.Number is null,
            $"{at}:Number",
            entry.Number,
            hasNumber ? "must be an E.164 number" : "must be left out: only callers and phones have numbers",
            "Write it like +15550101.");
        faults.Require(
            entry.PasswordHash.Length >= HashLengthMin && IsBase64(entry.PasswordHash),
            $"{at}:PasswordHash",
            $"{entry.PasswordHash.Length} characters",
            "must be a password hash, never the password itself",
            "Make one with: ./vrs hash-password.");
        ValidateInterpreting(entry, role, at, faults);
    }

    private static void ValidateInterpreting(AccountEntry entry, AccountRole? role, string at, OptionFaults faults)
    {
        faults.Require(
            role is not (AccountRole.Caller or AccountRole.Interpreter) || entry.Pools.Count > 0,
            $"{at}:Pools",
            null,
            "must name the language pair of a caller, or those of an interpreter",
            "Write them like ase+en (ISO 639-3 signed, BCP 47 spoken).");
        foreach (var pool in entry.Pools)
        {
            faults.Require(
                LanguagePair().IsMatch(pool),
                $"{at}:Pools",
                pool,
                "must be a signed and a spoken language",
                "Write it like ase+en (ISO 639-3 signed, BCP 47 spoken).");
        }

        foreach (var word in entry.Skills.Concat(entry.Certifications).Concat(entry.Requires)
            .Concat(new[] { entry.Country, entry.Gender }.OfType<string>()))
        {
            faults.Require(
                CallWishes.IsWord(word), at, word, "must be one word", "Write qualifications like medical or nic.");
        }

        entry.Prefers?.Check(faults, $"{at}:{nameof(entry.Prefers)}", role);
        faults.Require(
            role is not AccountRole.Interpreter || !string.IsNullOrWhiteSpace(entry.CaId),
            $"{at}:CaId",
            entry.CaId,
            "must be the interpreter's CA number: call records need it",
            "Give it.");
    }

    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[text.Length], out _);

    [GeneratedRegex(@"\A\+[1-9][0-9]{6,14}\z")]
    private static partial Regex E164();

    [GeneratedRegex(@"\A[a-z]{3}\+[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\z")]
    private static partial Regex LanguagePair();
}
