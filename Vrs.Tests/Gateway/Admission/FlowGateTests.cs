using Microsoft.Extensions.Options;
using Vrs.Gateway.Accounts;
using Vrs.Gateway.Admission;
using Vrs.Gateway.Sip.Transport;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Tests.Support;

namespace Vrs.Tests.Gateway.Admission;

/// <summary>Whom a connection answers for.</summary>
public sealed class FlowGateTests
{
    private readonly VirtualTime _time = new();
    private readonly Admittance _admittance;
    private readonly SignInThrottle _throttle;
    private readonly FlowSeats _seats = new(Options.Create(new FlowOptions
    {
        MaxStrangersPerAddress = 1,
        MaxFlowsPerAccount = 2,
    }));

    public FlowGateTests()
    {
        _throttle = new SignInThrottle(_time);
        _admittance = Gates.Admittance(_time, new AdmissionOptions
        {
            Message = new AdmissionRates
            {
                Address = Rate.Of(perSecond: 1, burst: 1),
                Account = Rate.Of(perSecond: 1, burst: 100),
                Gateway = Rate.Of(perSecond: 1000, burst: 1000),
            },
        });
    }

    [Fact]
    public void Who_signs_in_leaves_the_seat_of_a_stranger_to_the_next()
    {
        using var first = Open()!;
        Assert.Null(Open());

        Assert.True(first.BelongTo(UserId.From("dana")));

        using var next = Open();
        Assert.NotNull(next);
    }

    [Fact]
    public void An_account_has_a_bounded_number_of_connections()
    {
        using var first = Open("dana")!;
        using var second = Open("dana");
        Assert.Null(Open("dana"));
        using var third = Open()!;

        Assert.False(third.BelongTo(UserId.From("dana")));

        first.Dispose();
        Assert.True(third.BelongTo(UserId.From("dana")));
    }

    [Fact]
    public void A_connection_that_is_over_takes_no_seat_any_more()
    {
        var late = Open()!;
        late.Dispose();

        Assert.False(late.BelongTo(UserId.From("dana")));
    }

    [Fact]
    public void A_stranger_waits_for_what_strangers_at_her_address_send_and_an_account_does_not()
    {
        using var gate = Open()!;
        gate.ReadMessage();
        Assert.Equal(TimeSpan.FromSeconds(1), gate.ReadMessage());

        gate.BelongTo(UserId.From("dana"));

        Assert.Equal(TimeSpan.Zero, gate.ReadMessage());
    }

    [Fact]
    public void Guesses_make_the_address_wait()
    {
        using var gate = Open()!;
        for (var i = 0; i < SignInThrottle.FreePerAddress; i++)
        {
            gate.Guessed();
        }

        Assert.Equal(TimeSpan.FromSeconds(5), _throttle.Wait(Gates.Address));
    }

    private FlowGate? Open(string? account = null) => Gates.Of(_admittance, _seats, _throttle, account);
}
