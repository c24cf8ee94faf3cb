using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Gateway.Legs;

/// <summary>
/// Whose flow it is and which devices are bound to it: as a rule one person and one device. Used on the flow's loop
/// only.
/// </summary>
internal sealed class FlowDevices
{
    /// <summary>Devices one connection may carry.</summary>
    public const int MaxDevices = 4;

    private readonly List<(DeviceId Device, SipUri Contact)> _devices = [];

    /// <summary>Who uses the flow; null before the first request with a good token.</summary>
    public TokenHolder? Holder { get; private set; }

    /// <summary>The devices, the one bound last at the end.</summary>
    public IEnumerable<DeviceId> All => _devices.Select(entry => entry.Device);

    /// <summary>Where our requests go: the Contact bound last, or null when there is none.</summary>
    public SipUri? Target => _devices.Count == 0 ? null : _devices[^1].Contact;

    /// <summary>Whether another device would be one too many.</summary>
    public bool IsFull => _devices.Count >= MaxDevices;

    /// <summary>Notes who sent a request; false when the flow belongs to somebody else already.</summary>
    public bool TryBelongTo(TokenHolder holder)
    {
        if (Holder is { } known && known.User != holder.User)
        {
            return false;
        }

        Holder = holder;
        return true;
    }

    /// <summary>
    /// The device that sent a request with this Contact: the bound one with the same Contact (browsers leave the
    /// instance
    /// out of an INVITE), else the last one bound, else none.
    /// </summary>
    public DeviceId? Find(SipUri contact)
    {
        foreach (var (device, bound) in _devices)
        {
            if (bound.User == contact.User && bound.Host == contact.Host)
            {
                return device;
            }
        }

        return _devices.Count == 0 ? null : _devices[^1].Device;
    }

    /// <summary>A device is bound to the flow.</summary>
    public void Bind(DeviceId device, string contact)
    {
        Unbind(device);
        _devices.Add((device, SipUri.Parse(contact)));
    }

    /// <summary>A device removed its binding.</summary>
    public void Unbind(DeviceId device) => _devices.RemoveAll(entry => entry.Device == device);
}
