using System.Net;
using Vrs.Gateway.Admission;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Tests.Support;

namespace Vrs.Tests.Gateway.Admission;

/// <summary>How much is taken from whom.</summary>
public sealed class AdmittanceTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.7");
    private static readonly Asker Stranger = new(Here, null);
    private static readonly Asker Dana = new(Here, UserId.From("dana"));
    private static readonly Asker Deniz = new(Here, UserId.From("deniz"));

    private readonly VirtualTime _time = new();

    [Fact]
    public void A_flood_from_an_address_shuts_out_no_account_behind_it()
    {
        var admittance = With(address: 3, account: 2, gateway: 100);

        Assert.Equal(3, Admitted(admittance, Stranger, 50));
        Assert.Equal(2, Admitted(admittance, Dana, 50));
        Assert.Equal(2, Admitted(admittance, Deniz, 50));
    }

    [Fact]
    public void A_flood_from_everywhere_uses_up_nothing_that_accounts_may_do()
    {
        var admittance = With(address: 3, account: 2, gateway: 10);
        var strangers = Enumerable.Range(0, 100).Select(i => new Asker(IPAddress.Parse($"198.51.100.{i}"), null));

        Assert.Equal(10, strangers.Sum(stranger => Admitted(admittance, stranger, 1)));
        Assert.Equal(2, Admitted(admittance, Dana, 50));
    }

    [Fact]
    public void Who_is_refused_learns_when_to_come_again()
    {
        var admittance = With(address: 1, account: 1, gateway: 100);
        Admitted(admittance, Dana, 1);

        var wait = admittance.Ask(AdmissionKind.Invite, Dana);

        Assert.Equal(TimeSpan.FromSeconds(1), wait);
        _time.Advance(wait);
        Assert.Equal(TimeSpan.Zero, admittance.Ask(AdmissionKind.Invite, Dana));
    }

    [Fact]
    public void Kinds_are_counted_apart()
    {
        var admittance = With(address: 1, account: 1, gateway: 100);
        Admitted(admittance, Dana, 5);

        Assert.Equal(TimeSpan.Zero, admittance.Ask(AdmissionKind.Register, Dana));
    }

    [Fact]
    public void Memory_is_bounded_and_newcomers_share_a_rate_until_there_is_room()
    {
        var table = new BucketTable<int>(Rate.Of(perSecond: 1, burst: 2), most: 100, _time);

        var admitted = Enumerable.Range(0, 10_000).Count(key => table.TryTake(key) == TimeSpan.Zero);

        Assert.Equal((100, 102), (table.Count, admitted));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.Zero, table.TryTake(20_000));
        Assert.Equal(1, table.Count);
    }

    [Fact]
    public void A_flood_of_strangers_is_no_flood_of_log_lines()
    {
        var admittance = Gates.Admittance(_time);

        Assert.InRange(Enumerable.Range(0, 10_000).Count(_ => admittance.MayLog(Stranger)), 1, 1000);
        Assert.True(admittance.MayLog(Dana));
    }

    [Theory]
    [InlineData(0, 10, "Invite:Account:PerSecond")]
    [InlineData(1, 0, "Invite:Account:Burst")]
    public void A_rate_of_nothing_is_refused_at_start(double perSecond, double burst, string setting)
    {
        var options = new AdmissionOptions { Invite = { Account = Rate.Of(perSecond, burst) } };

        var result = new AdmissionOptionsValidator().Validate(null, options);

        Assert.Contains(setting, Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    private static int Admitted(Admittance admittance, Asker asker, int times) =>
        Enumerable.Range(0, times).Count(_ => admittance.Ask(AdmissionKind.Invite, asker) == TimeSpan.Zero);

    private Admittance With(int address, int account, int gateway) => Gates.Admittance(_time, new AdmissionOptions
    {
        Invite = new AdmissionRates
        {
            Address = Rate.Of(perSecond: 1, address),
            Account = Rate.Of(perSecond: 1, account),
            Gateway = Rate.Of(perSecond: 1, gateway),
        },
    });
}
