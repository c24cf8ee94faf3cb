using Vrs.Gateway.Sip.Dialogs;
using Vrs.Gateway.Sip.Transport;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Gateway.Legs;

/// <summary>
/// A leg whose dialog was set up by another gateway, by this one before it was restarted, or on an earlier flow of
/// the same
/// device: it goes on from what the call remembers.
/// </summary>
public sealed class AdoptedLeg : CallLeg
{
    /// <summary>Takes over a dialog.</summary>
    /// <param name="identity">Which leg it is.</param>
    /// <param name="flow">The device's flow as it is now.</param>
    /// <param name="services">What legs share.</param>
    /// <param name="state">The dialog as the call remembers it; its numbers are skipped ahead.</param>
    public AdoptedLeg(LegIdentity identity, Flow flow, LegServices services, DialogState state)
        : base(identity, flow, services, LegMachines.Adopted)
    {
        Dialog = Dialog.FromState(state);
    }

    private protected override Refusal? SetUp(LegCommand command) =>
        new(RefusalReason.Stale, $"The leg is past {command.GetType().Name}.");
}
