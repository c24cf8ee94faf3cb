using Vrs.Gateway.Sip;
using Vrs.Grains.Interfaces;

namespace Vrs.Tests.Gateway.Legs;

public sealed class RefusalStatusTests
{
    [Theory]
    [InlineData(RefusalReason.NotFound, 404)]
    [InlineData(RefusalReason.UnknownNumber, 404)]
    [InlineData(RefusalReason.Stale, 481)]
    [InlineData(RefusalReason.WrongState, 480)]
    [InlineData(RefusalReason.Forbidden, 403)]
    [InlineData(RefusalReason.Unreachable, 480)]
    [InlineData(RefusalReason.Busy, 486)]
    [InlineData(RefusalReason.Overloaded, 503)]
    [InlineData(RefusalReason.ConsoleNotReady, 480)]
    public void A_reason_has_its_status(RefusalReason reason, int status) =>
        Assert.Equal(status, RefusalStatus.Of(reason));

    [Fact]
    public void Every_reason_has_one()
    {
        Assert.All(Enum.GetValues<RefusalReason>(), reason => Assert.InRange(RefusalStatus.Of(reason), 400, 699));
    }
}
