using System.Net;
using Vrs.Gateway.Admission;

namespace Vrs.Tests.Gateway.Admission;

/// <summary>How many connections of one address may have nobody signed in.</summary>
public sealed class SeatTableTests
{
    private readonly SeatTable<IPAddress> _strangers = new(most: 2);

    [Fact]
    public void One_address_has_its_share_and_another_has_its_own()
    {
        using var first = Enter("192.0.2.1");
        using var second = Enter("192.0.2.1");

        Assert.Null(Enter("192.0.2.1"));
        Assert.Null(Enter("::ffff:192.0.2.1"));
        using var other = Enter("192.0.2.2");
        Assert.NotNull(other);
    }

    [Fact]
    public void Who_signed_in_or_left_makes_room_once()
    {
        var first = Enter("192.0.2.1")!;
        using var second = Enter("192.0.2.1");
        first.Dispose();
        first.Dispose();

        using var third = Enter("192.0.2.1");
        Assert.NotNull(third);
        Assert.Null(Enter("192.0.2.1"));
    }

    [Fact]
    public void All_addresses_of_one_site_are_one()
    {
        using var first = Enter("2001:db8:0:1::1");
        using var second = Enter("2001:db8:0:1:ffff::2");

        Assert.Null(Enter("2001:db8:0:1::3"));
        using var elsewhere = Enter("2001:db8:0:2::1");
        Assert.NotNull(elsewhere);
    }

    private IDisposable? Enter(string address) => _strangers.Enter(Site.Of(IPAddress.Parse(address)));
}
