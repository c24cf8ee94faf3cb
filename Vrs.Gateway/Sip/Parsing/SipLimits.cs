namespace Vrs.Gateway.Sip.Parsing;

/// <summary>Every bound on a message, in one place. A message past a bound is refused, never cut silently.</summary>
public sealed record SipLimits
{
    /// <summary>Parameters of one header value or URI.</summary>
    public const int MaxParameters = 64;

    public static readonly SipLimits Default = new();

    /// <summary>Bytes of a whole message; 513 above.</summary>
    public int MessageBytes { get; init; } = 64 * 1024;

    /// <summary>Bytes of one header field with its folded lines; 400 above.</summary>
    public int HeaderBytes { get; init; } = 8 * 1024;

    /// <summary>Header fields of a message; 400 above.</summary>
    public int Headers { get; init; } = 128;

    /// <summary>Via values; 400 above. Max-Forwards allows 70 hops.</summary>
    public int Vias { get; init; } = 72;

    /// <summary>Bytes of the Request-URI; 414 above.</summary>
    public int UriBytes { get; init; } = 2 * 1024;

    /// <summary>Characters of a method.</summary>
    public int MethodBytes { get; init; } = 128;

    /// <summary>Characters of a Call-ID, tag or branch, which this server stores; 400 above.</summary>
    public int IdentifierBytes { get; init; } = 512;
}
