using Vrs.Gateway.Legs;
using Vrs.Gateway.Sip.Messages;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Tests.Gateway.Sdp;

namespace Vrs.Tests.Gateway.Legs;

/// <summary>What a call asks of its interpreter, from accounts and the INVITE.</summary>
public sealed class CallWishesTests
{
    private static readonly InterpreterPreference Ines = new(
        null, InterpreterId.From("ines"), TimeSpan.FromSeconds(60), PreferenceFallback.Anyone);

    private readonly LegWorld _world = new();

    [Fact]
    public void Every_part_of_the_header_is_read()
    {
        var wishes = CallWishes.Read("require=legal, country:us; gender=female;named=ines; wait=60;otherwise=wait")!;

        Assert.Equal<string>(["country:us", "legal"], wishes.Required);
        Assert.Equal(
            Ines with { Gender = "female", Fallback = PreferenceFallback.KeepWaiting }, wishes.Preference);
    }

    [Fact]
    public void Requirements_alone_are_no_preference() => Assert.Null(CallWishes.Read("require=legal")!.Preference);

    [Theory]
    [InlineData("require=")]
    [InlineData("require=two words")]
    [InlineData("require=a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q")]
    [InlineData("named=")]
    [InlineData("gender=<script>")]
    [InlineData("wait=3601")]
    [InlineData("wait=-1")]
    [InlineData("otherwise=maybe")]
    [InlineData("color=green")]
    [InlineData("legal")]
    public void What_cannot_be_understood_is_none(string header) => Assert.Null(CallWishes.Read(header));

    [Fact]
    public async Task Requirements_of_account_number_and_INVITE_add_up_and_the_standing_preference_holds()
    {
        _world.Grains.Accounts["dana"] = _world.Grains.Accounts["dana"] with
        {
            Wishes = new StandingWishes(["deaf-interpreter"], Ines),
        };
        _world.Grains.Accounts["hana"] = _world.Grains.Accounts["hana"] with
        {
            Wishes = new StandingWishes(["medical"], null),
        };

        var start = await Start("require=legal");

        Assert.Equal<string>(["deaf-interpreter", "legal", "medical"], start.RequiredSkills);
        Assert.Equal(Ines, start.Preference);
    }

    [Fact]
    public async Task The_preference_for_this_call_goes_before_the_standing_one()
    {
        _world.Grains.Accounts["dana"] = _world.Grains.Accounts["dana"] with { Wishes = new StandingWishes([], Ines) };

        Assert.Equal("male", (await Start("gender=male")).Preference?.Gender);
    }

    [Fact]
    public async Task Without_wishes_nothing_is_asked()
    {
        var start = await Start(null);

        Assert.Empty(start.RequiredSkills);
        Assert.Null(start.Preference);
    }

    [Fact]
    public async Task A_header_that_cannot_be_understood_is_refused()
    {
        var device = await _world.Registered("dana");
        await device.Send(Invite(device, "color=green"));

        var refused = await device.Expect(400, SipMethod.Invite);
        Assert.Contains("Vrs-Interpreter", refused.Headers["Warning"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_is_turned_away_is_told_when_to_try_again()
    {
        var device = await _world.Registered("dana");
        await device.Send(Invite(device, null));
        var call = await _world.NewCall();
        var start = await LegWorld.Told<StartCall>(call);

        await _world.Do(device, new EndLeg(
            new LegRef(call.Id, 1), 1, start.Session, 480, "It opens on Monday.", null, TimeSpan.FromHours(25)));

        var refused = await device.Expect(480, SipMethod.Invite);
        Assert.Equal("90000", refused.Headers["Retry-After"]);
        Assert.Contains("It opens on Monday.", refused.Headers["Warning"], StringComparison.Ordinal);
    }

    private static SipRequest Invite(TestDevice device, string? header)
    {
        var invite = device.Request(
            SipMethod.Invite,
            "sip:+15550201@vrs.local",
            header is null ? [] : [(CallWishes.Header, header)]);
        invite.SetBody("application/sdp", SdpSamples.Offer);
        return invite;
    }

    private async Task<StartCall> Start(string? header)
    {
        var device = await _world.Registered("dana");
        await device.Send(Invite(device, header));
        return await LegWorld.Told<StartCall>(await _world.NewCall());
    }
}
