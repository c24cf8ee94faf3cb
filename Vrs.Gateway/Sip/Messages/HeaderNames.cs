using System.Text;

namespace Vrs.Gateway.Sip.Messages;

/// <summary>
/// Header names in their one spelling, and the compact forms (RFC 3261 section 7.3.3 and the IANA registry).
/// </summary>
public static class HeaderNames
{
    public const string Accept = "Accept";
    public const string Allow = "Allow";
    public const string Authorization = "Authorization";
    public const string CallId = "Call-ID";
    public const string Contact = "Contact";
    public const string ContentDisposition = "Content-Disposition";
    public const string ContentEncoding = "Content-Encoding";
    public const string ContentLength = "Content-Length";
    public const string ContentType = "Content-Type";
    public const string CSeq = "CSeq";
    public const string Date = "Date";
    public const string Event = "Event";
    public const string Expires = "Expires";
    public const string From = "From";
    public const string MaxForwards = "Max-Forwards";
    public const string MinExpires = "Min-Expires";
    public const string MinSE = "Min-SE";
    public const string Path = "Path";
    public const string Priority = "Priority";
    public const string ProxyAuthorization = "Proxy-Authorization";
    public const string ProxyRequire = "Proxy-Require";
    public const string RAck = "RAck";
    public const string Reason = "Reason";
    public const string RecordRoute = "Record-Route";
    public const string Replaces = "Replaces";
    public const string Require = "Require";
    public const string RetryAfter = "Retry-After";
    public const string Route = "Route";
    public const string RSeq = "RSeq";
    public const string Server = "Server";
    public const string SessionExpires = "Session-Expires";
    public const string SessionId = "Session-ID";
    public const string Supported = "Supported";
    public const string To = "To";
    public const string Unsupported = "Unsupported";
    public const string UserAgent = "User-Agent";
    public const string Via = "Via";
    public const string Warning = "Warning";
    public const string WwwAuthenticate = "WWW-Authenticate";

    private static readonly string[] Full =
    [
        Accept, Allow, Authorization, CallId, Contact, ContentDisposition, ContentEncoding, ContentLength, ContentType,
        CSeq, Date, Event, Expires, From, MaxForwards, MinExpires, MinSE, Path, Priority, ProxyAuthorization,
        ProxyRequire, RAck, Reason, RecordRoute, Replaces, Require, RetryAfter, Route, RSeq, Server, SessionExpires,
        SessionId, Supported, To, Unsupported, UserAgent, Via, Warning, WwwAuthenticate,
        "Refer-To", "Referred-By", "Subject", "Request-Disposition", "Accept-Contact", "Reject-Contact", "Allow-Events",
        "Accept-Language", "Accept-Encoding", "Alert-Info", "Call-Info", "Timestamp", "MIME-Version", "Organization",
        "P-Asserted-Identity", "Privacy", "Geolocation", "Subscription-State", "Identity", "User-to-User",
        "Vrs-Call", "Vrs-Leg", "Vrs-Takes-Over",
    ];

    private static readonly string?[] Compact = CompactForms();

    // Names in buckets by length, first and last letter, so that finding one costs a comparison or two.
    private static readonly string[][] Buckets = FillBuckets();

    /// <summary>
    /// The canonical name of what stands before the colon; a name we don't know is kept as it was written.
    /// </summary>
    internal static string Canonical(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1 && (name[0] | 0x20) is var letter and >= 'a' and <= 'z'
            && Compact[letter - 'a'] is { } full)
        {
            return full;
        }

        foreach (var known in Buckets[Bucket(name.Length, name[0], name[^1])])
        {
            if (Ascii.EqualsIgnoreCase(name, known))
            {
                return known;
            }
        }

        return Encoding.ASCII.GetString(name);
    }

    private static int Bucket(int length, int first, int last) =>
        ((length * 7) + ((first | 0x20) * 5) + (last | 0x20)) & 127;

    private static string[][] FillBuckets() =>
        Enumerable.Range(0, 128)
            .Select(bucket => Full.Where(name => Bucket(name.Length, name[0], name[^1]) == bucket).ToArray())
            .ToArray();

    private static string?[] CompactForms()
    {
        var forms = new string?[26];
        foreach (var (letter, name) in new[]
        {
            ('a', "Accept-Contact"), ('b', "Referred-By"), ('c', ContentType), ('d', "Request-Disposition"),
            ('e', ContentEncoding), ('f', From), ('i', CallId), ('j', "Reject-Contact"), ('k', Supported),
            ('l', ContentLength), ('m', Contact), ('o', Event), ('r', "Refer-To"), ('s', "Subject"), ('t', To),
            ('u', "Allow-Events"), ('v', Via), ('x', SessionExpires), ('y', "Identity"),
        })
        {
            forms[letter - 'a'] = name;
        }

        return forms;
    }
}
