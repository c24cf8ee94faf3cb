using System.Globalization;
using Vrs.Gateway.Sip.Messages;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Gateway.Sip.Registrar;

/// <summary>What a REGISTER asks for (RFC 3261 section 10.3), read without any state.</summary>
public abstract record RegistrationRequest
{
    /// <summary>No Contact: list the bindings.</summary>
    public sealed record Query : RegistrationRequest;

    /// <summary>Contact <c>*</c> with Expires 0: remove all bindings.</summary>
    public sealed record RemoveAll : RegistrationRequest;

    /// <summary>One Contact: add, refresh or (0 seconds) remove its binding.</summary>
    /// <param name="Device">The device: its instance (RFC 5626), else its Contact.</param>
    /// <param name="Contact">The Contact URI.</param>
    /// <param name="RegistrationId">The <c>reg-id</c>, or 0.</param>
    /// <param name="ExpiresSeconds">The life granted, in seconds.</param>
    public sealed record Bind(DeviceId Device, string Contact, int RegistrationId, int ExpiresSeconds)
        : RegistrationRequest;

    /// <summary>Not possible.</summary>
    /// <param name="Status">The SIP status.</param>
    /// <param name="Reason">The reason phrase; null for the usual one.</param>
    public sealed record Refused(int Status, string? Reason) : RegistrationRequest;

    /// <summary>Reads a REGISTER.</summary>
    public static RegistrationRequest Read(SipRequest request, RegistrarOptions options)
    {
        var contacts = request.Headers.List(HeaderNames.Contact).ToList();
        return contacts switch
        {
            [] => new Query(),
            ["*"] => request.Headers.Number(HeaderNames.Expires) == 0
                ? new RemoveAll()
                : new Refused(SipStatus.BadRequest, "Contact * needs Expires 0"),
            [_] when request.Contact is { } contact => Read(request, contact, options),
            [_] => new Refused(SipStatus.BadRequest, "Contact not understood"),
            _ => new Refused(SipStatus.Forbidden, "One Contact per registration"),
        };
    }

    private static RegistrationRequest Read(SipRequest request, NameAddress contact, RegistrarOptions options)
    {
        var asked = Asked(request, contact, options);
        if (asked > 0 && asked < options.MinExpiresSeconds)
        {
            return new Refused(SipStatus.IntervalTooBrief, null);
        }

        var instance = contact.Parameters.Unquoted("+sip.instance");
        var device = DeviceId.From(string.IsNullOrEmpty(instance) ? contact.Uri.Text : instance);
        _ = int.TryParse(contact.Parameters["reg-id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        return new Bind(device, contact.Uri.Text, id, (int)Math.Min(asked, options.MaxExpiresSeconds));
    }

    // RFC 3261 section 10.2.1.1: the Contact's own parameter first; a malformed value counts as none (section 20.19).
    private static long Asked(SipRequest request, NameAddress contact, RegistrarOptions options) =>
        uint.TryParse(contact.Parameters["expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var own)
            ? own
            : request.Headers.Number(HeaderNames.Expires) ?? (uint)options.DefaultExpiresSeconds;
}
