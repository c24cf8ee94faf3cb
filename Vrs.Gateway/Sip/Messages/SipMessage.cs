using System.Collections.Immutable;
using System.Text;

namespace Vrs.Gateway.Sip.Messages;

/// <summary>
/// A request or a response. The five headers every message has are properties, read and checked once; the rest is in
/// <see cref="Headers"/>.
/// </summary>
public abstract class SipMessage
{
    /// <summary>
    /// Via values, topmost first. The transaction layer writes ours; empty until then on a request we build.
    /// </summary>
    public ImmutableArray<Via> Vias { get; internal set; } = [];

    /// <summary>Who started the transaction; with a tag.</summary>
    public required NameAddress From { get; init; }

    /// <summary>Whom it is for; with a tag inside a dialog.</summary>
    public required NameAddress To { get; init; }

    /// <summary>The Call-ID.</summary>
    public required string CallId { get; init; }

    /// <summary>The CSeq.</summary>
    public required CSeq CSeq { get; init; }

    /// <summary>All other header fields.</summary>
    public SipHeaders Headers { get; init; } = [];

    /// <summary>The body; empty when there is none. Never logged.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>The topmost Via, or null on a request not yet sent.</summary>
    public Via? TopVia => Vias.IsEmpty ? null : Vias[0];

    /// <summary>The first Contact, or null when absent or <c>*</c>.</summary>
    public NameAddress? Contact => Headers.Addresses(HeaderNames.Contact).FirstOrDefault();

    /// <summary>The body as text.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The media type without its parameters, in lower case; null when there is no Content-Type.</summary>
    public string? ContentType =>
        Headers[HeaderNames.ContentType]?.Split(';', 2)[0].Trim().ToLowerInvariant();

    /// <summary>Sets the body and its Content-Type.</summary>
    public void SetBody(string contentType, string body)
    {
        Headers.Set(HeaderNames.ContentType, contentType);
        Body = Encoding.UTF8.GetBytes(body);
    }
}
