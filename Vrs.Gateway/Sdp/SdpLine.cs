namespace Vrs.Gateway.Sdp;

/// <summary>
/// One line of a session description (RFC 8866 section 5): a type letter and its text, kept as it came.
/// </summary>
/// <param name="Type">The letter before the equals sign.</param>
/// <param name="Value">Everything after it.</param>
public readonly record struct SdpLine(char Type, string Value)
{
    /// <summary>For <c>a=</c> lines the attribute's name; else empty.</summary>
    public ReadOnlySpan<char> AttributeName
    {
        get
        {
            if (Type != 'a')
            {
                return default;
            }

            var colon = Value.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 ? Value : Value.AsSpan(0, colon);
        }
    }

    /// <summary>For <c>a=</c> lines what follows the name's colon, or empty when there is none.</summary>
    public ReadOnlySpan<char> AttributeValue
    {
        get
        {
            var colon = Type == 'a' ? Value.IndexOf(':', StringComparison.Ordinal) : -1;
            return colon < 0 ? default : Value.AsSpan(colon + 1);
        }
    }

    /// <summary>Whether this is the attribute of this name; names are case-sensitive (RFC 8866 section 6).</summary>
    public bool IsAttribute(string name) => AttributeName.SequenceEqual(name);

    public override string ToString() => $"{Type}={Value}";
}
