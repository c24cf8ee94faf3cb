using Vrs.Grains.Interfaces;

namespace Vrs.Gateway.Turn;

/// <summary>The STUN and TURN servers that pages are told, and how their credentials are made (TURN REST).</summary>
public sealed class TurnOptions
{
    /// <summary>
    /// URLs such as <c>stun:turn.example.org:3478</c> and <c>turns:turn.example.org:5349?transport=tcp</c>.
    /// </summary>
    public IList<string> Urls { get; } = [];

    /// <summary>
    /// The secret shared with the TURN server (coturn: <c>static-auth-secret</c>); null when it has no relay.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>How long a credential may open a relay. An allocation once made outlives it.</summary>
    public TimeSpan CredentialLife { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Notes what is wrong with these options.</summary>
    /// <param name="faults">The collector.</param>
    /// <param name="development">Whether placeholder secrets are allowed.</param>
    public void Validate(OptionFaults faults, bool development)
    {
        foreach (var url in Urls)
        {
            faults.Require(
                IceUrl.IsValid(url),
                "Turn:Urls",
                url,
                "must be a stun:, stuns:, turn: or turns: URL (RFC 7064, RFC 7065)",
                "Write it like turns:turn.example.org:5349?transport=tcp.");
        }

        var relays = Urls.Any(IceUrl.IsRelay);
        faults.Require(
            !relays || !string.IsNullOrEmpty(Secret),
            "Turn:Secret",
            null,
            "must be the secret shared with the TURN server when Turn:Urls names a relay",
            "Set Gateway__Turn__Secret to coturn's static-auth-secret.");
        faults.Require(
            development || string.IsNullOrEmpty(Secret) || SecretRule.IsGood(Secret),
            "Turn:Secret",
            $"{Secret?.Length ?? 0} characters, a placeholder or too short",
            $"must be a real secret of at least {SecretRule.LengthMin} characters outside Development",
            "Make one with: openssl rand -base64 32.");
        faults.Require(
            CredentialLife >= TimeSpan.FromMinutes(5) && CredentialLife <= TimeSpan.FromHours(24),
            "Turn:CredentialLife",
            CredentialLife,
            "must be from 00:05:00 to 1.00:00:00; a TURN credential without an end could be used by anybody for ever",
            "Leave it out for 12:00:00.");
    }
}
