namespace Vrs.Grains.Interfaces;

/// <summary>What a secret must be outside Development: long enough, and no word that stands in examples.</summary>
public static class SecretRule
{
    /// <summary>The shortest secret, in characters.</summary>
    public const int LengthMin = 16;

    private static readonly string[] Placeholders =
        ["changeme", "change-me", "secret", "password", "placeholder", "example", "development", "replace"];

    /// <summary>Whether it may be one.</summary>
    /// <param name="secret">The value found.</param>
    public static bool IsGood(string secret) =>
        secret.Length >= LengthMin
        && !Placeholders.Any(word => secret.Contains(word, StringComparison.OrdinalIgnoreCase));
}
