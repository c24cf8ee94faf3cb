using System.Collections.Immutable;
using Vrs.Grains.Interfaces;

namespace Vrs.Gateway.SessionPolicy;

/// <summary>What session policy says about an offer or an answer.</summary>
public abstract record Verdict
{
    /// <summary>It may go on as it is.</summary>
    /// <param name="Description">The description.</param>
    public sealed record Pass(SdpText Description) : Verdict;

    /// <summary>It may go on without what is not allowed.</summary>
    /// <param name="Description">The description that may go on.</param>
    /// <param name="Removed">What was taken out, for the log: codec names and section kinds.</param>
    public sealed record Rewrite(SdpText Description, ImmutableArray<string> Removed) : Verdict;

    /// <summary>It may not go on.</summary>
    /// <param name="Status">The SIP status: 400 when it cannot be read, else 488.</param>
    /// <param name="WarningCode">The Warning code (RFC 3261 section 20.43).</param>
    /// <param name="Text">One plain sentence for the Warning header; quotes nothing of the description.</param>
    public sealed record Refuse(int Status, int WarningCode, string Text) : Verdict;

    /// <summary>The description that may go on, or null when refused.</summary>
    public SdpText? Allowed => this switch
    {
        Pass pass => pass.Description,
        Rewrite rewrite => rewrite.Description,
        _ => null,
    };
}
