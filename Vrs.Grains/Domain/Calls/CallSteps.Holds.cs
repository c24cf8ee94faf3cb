using static Vrs.Grains.Domain.Calls.CallDraft;
using static Vrs.Grains.Domain.Calls.CallEvent;

namespace Vrs.Grains.Domain.Calls;

/// <summary>
/// The steps of hold (RFC 3264 section 8.4). The devices negotiate it; the call only knows who holds, so that every
/// page can say it, and how long, so that nobody is forgotten.
/// </summary>
internal static partial class CallSteps
{
    public static CallDraft BeginHold(CallState before, HoldBegan e)
    {
        var number = before.LastDeadline + 1;
        return Begin(before, e)
            .Set(state => state with { LastDeadline = number })
            .ChangeLeg(e.Leg, leg => leg with
            {
                Hold = new LegHold(number, e.At, e.At + before.Limits.LongHold),
            });
    }

    public static CallDraft EndHold(CallState before, HoldEnded e) =>
        Begin(before, e).ChangeLeg(e.Leg, leg => leg with { Hold = null });

    public static CallDraft NoteLongHold(CallState before, HoldLasted e) =>
        Begin(before, e).ChangeLeg(e.Leg, leg => leg with { Hold = leg.Hold! with { IsLong = true } });
}
