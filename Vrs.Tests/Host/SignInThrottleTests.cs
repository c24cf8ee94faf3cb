using System.Net;
using Vrs.Gateway.Accounts;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Tests.Host;

public sealed class SignInThrottleTests
{
    private const string Address = "192.0.2.1";
    private readonly SteppedTime _time = new();
    private readonly SignInThrottle _throttle;

    public SignInThrottleTests() => _throttle = new SignInThrottle(_time);

    [Fact]
    public void The_first_mistakes_cost_nothing()
    {
        Fail("dana", SignInThrottle.FreePerUser - 1);

        Assert.Equal(TimeSpan.Zero, _throttle.Wait(Address, "dana"));
    }

    [Fact]
    public void Then_each_mistake_doubles_the_wait_up_to_five_minutes()
    {
        Fail("dana", SignInThrottle.FreePerUser);
        Assert.Equal(TimeSpan.FromSeconds(5), _throttle.Wait(Address, "dana"));

        Fail("dana", 1);
        Assert.Equal(TimeSpan.FromSeconds(10), _throttle.Wait(Address, "dana"));

        Fail("dana", 20);
        Assert.Equal(SignInThrottle.Longest, _throttle.Wait(Address, "dana"));
    }

    [Fact]
    public void Waiting_is_enough()
    {
        Fail("dana", SignInThrottle.FreePerUser);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.Zero, _throttle.Wait(Address, "dana"));
    }

    [Fact]
    public void The_first_refusal_of_each_wait_goes_on_record_and_not_the_flood_after_it()
    {
        Fail("dana", SignInThrottle.FreePerUser);
        Assert.True(_throttle.IsFirstRefusal(Address, "dana"));
        Assert.False(_throttle.IsFirstRefusal(Address, "dana"));

        Fail("dana", 1);
        Assert.True(_throttle.IsFirstRefusal(Address, "dana"));
        Assert.False(_throttle.IsFirstRefusal(Address, "dana"));
    }

    [Fact]
    public void While_a_whole_address_waits_one_refusal_goes_on_record_whomever_it_tries()
    {
        for (var i = 0; i < SignInThrottle.FreePerAddress; i++)
        {
            _throttle.Failed(Address, $"user{i}");
        }

        Assert.True(_throttle.IsFirstRefusal(Address, "dana"));
        Assert.False(_throttle.IsFirstRefusal(Address, "deniz"));
    }

    [Fact]
    public void Other_people_and_other_addresses_do_not_wait()
    {
        Fail("dana", SignInThrottle.FreePerUser);

        Assert.Equal(TimeSpan.Zero, _throttle.Wait(Address, "deniz"));
        Assert.Equal(TimeSpan.Zero, _throttle.Wait("192.0.2.2", "dana"));
    }

    [Fact]
    public void Trying_many_names_from_one_address_waits_too()
    {
        for (var i = 0; i < SignInThrottle.FreePerAddress; i++)
        {
            _throttle.Failed(Address, $"user{i}");
        }

        Assert.Equal(TimeSpan.FromSeconds(5), _throttle.Wait(Address, "somebody-new"));
    }

    [Fact]
    public void The_right_password_wipes_the_slate()
    {
        Fail("dana", SignInThrottle.FreePerUser + 3);

        _throttle.Succeeded(Address, "dana");

        Assert.Equal(TimeSpan.Zero, _throttle.Wait(Address, "dana"));
    }

    [Fact]
    public void A_browser_that_signed_in_before_does_not_wait_for_its_neighbours()
    {
        for (var i = 0; i < SignInThrottle.FreePerAddress; i++)
        {
            _throttle.Failed(Address, $"user{i}");
        }

        var address = IPAddress.Parse(Address);
        var known = new KnownDevice(UserId.From("dana"), "d1");
        Assert.Equal(TimeSpan.FromSeconds(5), _throttle.Wait(address));
        Assert.NotEqual(TimeSpan.Zero, _throttle.Wait(SignInThrottle.PlaceOf(address, device: null), "dana"));
        Assert.Equal(TimeSpan.Zero, _throttle.Wait(SignInThrottle.PlaceOf(address, known), "dana"));
    }

    private void Fail(string user, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _throttle.Failed(Address, user);
        }
    }
}
