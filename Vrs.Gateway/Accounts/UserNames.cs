using System.Text.RegularExpressions;

namespace Vrs.Gateway.Accounts;

/// <summary>
/// What an account's name may be: the user part of a SIP address and a grain's key, so it is kept plain.
/// </summary>
public static partial class UserNames
{
    /// <summary>Longest name, in characters.</summary>
    public const int LengthMax = 32;

    /// <summary>The rule in words, for messages.</summary>
    public const string Rule =
        "must be 1 to 32 lower-case letters, digits, dots, hyphens or underscores, a letter or digit first";

    /// <summary>Whether a text can be an account's name.</summary>
    public static bool IsValid(string? name) => name is not null && Pattern().IsMatch(name);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,31}\z")]
    private static partial Regex Pattern();
}
