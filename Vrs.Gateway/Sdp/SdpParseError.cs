namespace Vrs.Gateway.Sdp;

/// <summary>Why a session description could not be read.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Line">The line where, from 1.</param>
public sealed record SdpParseError(SdpFault Fault, int Line)
{
    /// <summary>One plain sentence for a Warning header; quotes nothing of the description.</summary>
    public override string ToString() => $"Session description not understood: {Sentence} (line {Line})";

    private string Sentence => Fault switch
    {
        SdpFault.TooLong => $"longer than {SdpLimits.MaxLength} characters",
        SdpFault.TooManyLines => $"more than {SdpLimits.MaxLines} lines",
        SdpFault.LineTooLong => $"a line longer than {SdpLimits.MaxLineLength} characters",
        SdpFault.TooManyMedia => $"more than {SdpLimits.MaxMedia} media sections",
        SdpFault.TooManyFormats => $"more than {SdpLimits.MaxFormats} formats in a media section",
        SdpFault.NotALine => "a line must be a letter, an equals sign and text",
        SdpFault.BadCharacter => "control characters are not allowed",
        SdpFault.WrongVersion => "the version must be 0",
        SdpFault.OutOfOrder => "a line of this type cannot stand here",
        SdpFault.Missing => "the lines v, o, s and t must be there",
        SdpFault.BadMediaLine => "a media line needs kind, port, protocol and at least one format",
        SdpFault.BadAttribute => "an attribute needs a name",
        _ => throw new ArgumentOutOfRangeException(nameof(Fault), Fault, "Not a fault of the parser."),
    };
}

/// <summary>Everything the parser can find wrong.</summary>
public enum SdpFault
{
    /// <summary>The whole description is too long.</summary>
    TooLong,

    /// <summary>Too many lines.</summary>
    TooManyLines,

    /// <summary>One line is too long.</summary>
    LineTooLong,

    /// <summary>Too many media sections.</summary>
    TooManyMedia,

    /// <summary>Too many formats in a section.</summary>
    TooManyFormats,

    /// <summary>Not of the form <c>x=…</c>.</summary>
    NotALine,

    /// <summary>A control character other than a tab.</summary>
    BadCharacter,

    /// <summary>Does not begin with <c>v=0</c>.</summary>
    WrongVersion,

    /// <summary>
    /// A type letter that is unknown or out of order (RFC 8866 section 5: such a description is ignored whole).
    /// </summary>
    OutOfOrder,

    /// <summary>A mandatory line is missing.</summary>
    Missing,

    /// <summary>An <c>m=</c> line that is not well formed.</summary>
    BadMediaLine,

    /// <summary>An <c>a=</c> line without a name.</summary>
    BadAttribute,
}
