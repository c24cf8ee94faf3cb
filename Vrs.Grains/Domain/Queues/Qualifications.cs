namespace Vrs.Grains.Domain.Queues;

/// <summary>
/// A set of qualifications (<see cref="Qualification"/>), comparable by its text and quick to compare with another.
/// </summary>
internal readonly struct Qualifications : IComparable<Qualifications>, IEquatable<Qualifications>
{
    private readonly ImmutableArray<string> _words;
    private readonly string _text;

    /// <summary>One bit for each word, several words to a bit: what misses a bit misses a word.</summary>
    private readonly ulong _bits;

    private Qualifications(ImmutableArray<string> words)
    {
        _words = words;
        _text = words.Length switch
        {
            0 => "",
            1 => words[0],
            _ => string.Join('\n', words),
        };
        foreach (var word in words)
        {
            _bits |= 1UL << BitOf(word);
            Scarce += IsScarce(word) ? 1 : 0;
        }
    }

    /// <summary>How many are worth saving for whoever needs them: everybody has a country and a gender.</summary>
    public int Scarce { get; }

    /// <summary>The set of these words.</summary>
    /// <param name="words">In ordinal order, as states hold them.</param>
    /// <param name="further">One more, or null.</param>
    public static Qualifications Of(ImmutableArray<string> words, string? further = null) =>
        new(further is null || words.Contains(further)
            ? words
            : [.. words.Add(further).Order(StringComparer.Ordinal)]);

    /// <summary>Whether this set holds all of the others.</summary>
    public bool Covers(Qualifications required) =>
        (required._bits & ~_bits) == 0 && FirstMissing(required) is null;

    /// <summary>Whether this set holds the word.</summary>
    public bool Has(string word) => _words.Contains(word);

    /// <summary>
    /// The required word that is missing here; of several a skill before a certification, a country and a gender.
    /// </summary>
    public string? FirstMissing(Qualifications required)
    {
        string? missing = null;
        foreach (var word in required._words)
        {
            if (!_words.Contains(word) && (missing is null || RankOf(word) < RankOf(missing)))
            {
                missing = word;
            }
        }

        return missing;
    }

    public int CompareTo(Qualifications other) => string.CompareOrdinal(_text, other._text);

    public bool Equals(Qualifications other) => string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is Qualifications other && Equals(other);

    public override string ToString() => string.Join('+', _words);

    public override int GetHashCode() => _bits.GetHashCode();

    private static bool IsScarce(string word) => RankOf(word) < 2;

    private static int RankOf(string word) =>
        word.StartsWith(Qualification.GenderMark, StringComparison.Ordinal) ? 3
        : word.StartsWith(Qualification.CountryMark, StringComparison.Ordinal) ? 2
        : word.StartsWith(Qualification.CertificationMark, StringComparison.Ordinal) ? 1
        : 0;

    /// <summary>FNV-1a, so that it is the same in every process.</summary>
    private static int BitOf(string word)
    {
        var hash = 2_166_136_261u;
        foreach (var letter in word)
        {
            hash = unchecked((hash ^ letter) * 16_777_619u);
        }

        return (int)(hash % 64);
    }
}
