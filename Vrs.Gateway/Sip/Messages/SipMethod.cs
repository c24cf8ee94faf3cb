using System.Text;

namespace Vrs.Gateway.Sip.Messages;

/// <summary>A request method: a token, case-sensitive (RFC 3261 section 7.1).</summary>
/// <param name="Name">The token as on the wire.</param>
public readonly record struct SipMethod(string Name)
{
    public static readonly SipMethod Invite = new("INVITE");
    public static readonly SipMethod Ack = new("ACK");
    public static readonly SipMethod Bye = new("BYE");
    public static readonly SipMethod Cancel = new("CANCEL");
    public static readonly SipMethod Register = new("REGISTER");
    public static readonly SipMethod Options = new("OPTIONS");
    public static readonly SipMethod Prack = new("PRACK");
    public static readonly SipMethod Update = new("UPDATE");
    public static readonly SipMethod Info = new("INFO");
    public static readonly SipMethod Message = new("MESSAGE");
    public static readonly SipMethod Notify = new("NOTIFY");
    public static readonly SipMethod Subscribe = new("SUBSCRIBE");
    public static readonly SipMethod Refer = new("REFER");
    public static readonly SipMethod Publish = new("PUBLISH");

    private static readonly SipMethod[] Known =
    [
        Invite, Ack, Bye, Cancel, Register, Options, Prack, Update, Info, Message, Notify, Subscribe, Refer, Publish,
    ];

    /// <summary>Whether it is a method of an RFC, and no word of the peer's own.</summary>
    public bool IsKnown => Array.IndexOf(Known, this) >= 0;

    /// <summary>The method these bytes name; no allocation when it is a known one.</summary>
    internal static SipMethod From(ReadOnlySpan<byte> token)
    {
        foreach (var method in Known)
        {
            if (Ascii.Equals(token, method.Name))
            {
                return method;
            }
        }

        return new SipMethod(Encoding.ASCII.GetString(token));
    }

    /// <summary>The method these characters name; no allocation when it is a known one.</summary>
    internal static SipMethod From(ReadOnlySpan<char> token)
    {
        foreach (var method in Known)
        {
            if (token.SequenceEqual(method.Name))
            {
                return method;
            }
        }

        return new SipMethod(token.ToString());
    }

    public override string ToString() => Name;
}
