namespace Vrs.Bench.Headless;

/// <summary>Who a headless device is, and the names it keeps for the life of its page.</summary>
/// <param name="User">The account's name.</param>
/// <param name="Domain">The SIP domain.</param>
/// <param name="Token">Bearer token; null sends none.</param>
public sealed record PeerIdentity(string User, string Domain, string? Token)
{
    /// <summary>The user part of the Contact, as JsSIP makes it up.</summary>
    public string ContactUser { get; } = Words.Short();

    /// <summary>The host of Contact and Via: a name under .invalid, which is no address (RFC 7118 section 5).</summary>
    public string Host { get; } = $"{Words.Long()}.invalid";

    /// <summary>The <c>+sip.instance</c> (RFC 5626 section 4.1).</summary>
    public string Instance { get; } = $"urn:uuid:{Guid.NewGuid()}";

    public string AddressOfRecord => $"sip:{User}@{Domain}";

    public string ContactUri => $"sip:{ContactUser}@{Host};transport=wss";

    public static PeerIdentity For(SignedIn account) => new(account.User, account.Domain, account.AccessToken);
}

/// <summary>Made-up tokens for tags, branches and Call-IDs.</summary>
internal static class Words
{
    public static string Short() => Long()[..10];

    public static string Long() => Guid.NewGuid().ToString("N")[..20];
}
