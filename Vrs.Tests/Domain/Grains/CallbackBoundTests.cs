using Vrs.Gateway.Legs;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Effects;

namespace Vrs.Tests.Domain.Grains;

/// <summary>
/// While a caller who is called back lets it ring, the 2xx of the interpreter's device waits for its ACK.
/// </summary>
public sealed class CallbackBoundTests
{
    /// <summary>Ringing, and one attempt to say that somebody answered.</summary>
    private static readonly TimeSpan Longest =
        CallDeadlines.Default.CallbackRing + EffectPacing.Default.AttemptLimit;

    [Fact]
    public void A_callback_stops_ringing_while_the_interpreters_device_still_waits() =>
        Assert.True(Longest < new SipTimers(Reliable: true).Timeout);

    [Fact]
    public void No_setting_makes_the_gateway_give_the_2xx_up_before()
    {
        var faults = new LegOptionsValidator().Validate(null, new LegOptions { AckTimeout = Longest });

        Assert.Contains("AckTimeout", Assert.Single(faults.Failures!), StringComparison.Ordinal);
        Assert.True(new LegOptionsValidator().Validate(null, new LegOptions()).Succeeded);
    }
}
