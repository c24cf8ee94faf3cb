using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Vrs.Gateway.Sip.Messages;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Gateway.Legs;

/// <summary>
/// What a call asks of its interpreter. Requirements add up: those of the Deaf person's account, of the other party's
/// number and of the INVITE. A preference is that of the Deaf person: for this call, or else her standing one.
/// </summary>
/// <param name="Required">What an interpreter must have (<see cref="Qualification"/>); ordinal order.</param>
/// <param name="Preference">Whom she would like to have; null for anyone.</param>
internal sealed partial record CallWishes(ImmutableArray<string> Required, InterpreterPreference? Preference)
{
    /// <summary>
    /// The header of an INVITE with wishes for this call:
    /// <c>require=legal,country:us;gender=female;named=ines;wait=60;otherwise=anyone</c>, in any order, each optional.
    /// <c>otherwise=wait</c>: nobody else, and the call ends after that many seconds.
    /// </summary>
    public const string Header = "Vrs-Interpreter";

    /// <summary>The longest time that nobody else is asked, in seconds.</summary>
    public const int WaitMaxSeconds = 3_600;

    private const int HeaderLengthMax = 512;

    private static readonly CallWishes None = new([], null);

    /// <summary>The wishes of a call; null when the INVITE's header can't be understood.</summary>
    /// <param name="invite">The INVITE.</param>
    /// <param name="deaf">The Deaf person's account.</param>
    /// <param name="other">The other party's account, if it is known.</param>
    /// <param name="isDeafCaller">Whether the INVITE is hers.</param>
    public static CallWishes? For(SipMessage invite, Account deaf, Account? other, bool isDeafCaller)
    {
        var header = invite.Headers[Header];
        if ((header is null ? None : Read(header)) is not { } asked)
        {
            return null;
        }

        var required = asked.Required.Concat(RequiredBy(deaf)).Concat(RequiredBy(other));
        return new CallWishes(
            [.. Qualification.Set(required).Take(Qualification.MaxRequired)],
            (isDeafCaller ? asked.Preference : null) ?? deaf.Wishes?.Preference);
    }

    /// <summary>The wishes in a header's value; null when it can't be understood.</summary>
    public static CallWishes? Read(string header)
    {
        var (required, gender, named) = (None.Required, (string?)null, (InterpreterId?)null);
        var (wait, otherwise) = (0, PreferenceFallback.Anyone);
        foreach (var part in header.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.IndexOf('=', StringComparison.Ordinal) is var at and > 0
                ? (part[..at].TrimEnd(), part[(at + 1)..].TrimStart())
                : (part, "");
            var isKnown = name switch
            {
                "require" => ReadWords(value, out required),
                "gender" => IsWord(gender = value),
                "named" => IsWord(value) && (named = InterpreterId.From(value)) is not null,
                "wait" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out wait)
                    && wait <= WaitMaxSeconds,
                "otherwise" => ReadFallback(value) is { } read && (otherwise = read) == read,
                _ => false,
            };
            if (!isKnown)
            {
                return null;
            }
        }

        var isPreference = gender is not null || named is not null;
        return header.Length > HeaderLengthMax ? null : new CallWishes(
            required,
            isPreference ? new InterpreterPreference(gender, named, TimeSpan.FromSeconds(wait), otherwise) : null);
    }

    /// <summary>What was agreed to, as people write it; null when it is neither.</summary>
    public static PreferenceFallback? ReadFallback(string word) => word switch
    {
        "anyone" => PreferenceFallback.Anyone,
        "wait" => PreferenceFallback.KeepWaiting,
        _ => null,
    };

    /// <summary>Whether this can be a qualification, a gender or an interpreter's name.</summary>
    public static bool IsWord(string word) => Word().IsMatch(word);

    private static ImmutableArray<string> RequiredBy(Account? account) => account?.Wishes?.Required ?? [];

    private static bool ReadWords(string value, out ImmutableArray<string> words)
    {
        words = Qualification.Set(value.Split(',', StringSplitOptions.TrimEntries));
        return words.All(IsWord) && words.Length <= Qualification.MaxRequired;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9:._-]{0,39}\z")]
    private static partial Regex Word();
}
