namespace Vrs.Grains.Interfaces.Queues;

/// <summary>
/// How qualifications are written: one word each, lower case. A skill stands for itself (<c>medical</c>, <c>legal</c>,
/// <c>deaf-interpreter</c>); everything else has a mark in front. What a call requires and what an interpreter has are
/// sets of such words in ordinal order, and she fits when hers hold all of the call's.
/// </summary>
public static class Qualification
{
    /// <summary>In front of the country she works from, ISO 3166-1 alpha-2: <c>country:us</c>.</summary>
    public const string CountryMark = "country:";

    /// <summary>In front of a certification she holds: <c>certified:nic</c>.</summary>
    public const string CertificationMark = "certified:";

    /// <summary>In front of her gender as she states it: <c>gender:female</c>. Only ever wished for.</summary>
    public const string GenderMark = "gender:";

    /// <summary>How many words a call may require; what comes from outside is cut there.</summary>
    public const int MaxRequired = 16;

    /// <summary>The word of a country.</summary>
    public static string Country(string code) => CountryMark + code.ToLowerInvariant();

    /// <summary>The word of a certification.</summary>
    public static string Certification(string name) => CertificationMark + name.ToLowerInvariant();

    /// <summary>The word of a gender.</summary>
    public static string Gender(string gender) => GenderMark + gender.ToLowerInvariant();

    /// <summary>Words as sets are written: lower case, each once, in ordinal order.</summary>
    public static ImmutableArray<string> Set(IEnumerable<string> words) =>
        [.. words.Select(word => word.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal)];
}
