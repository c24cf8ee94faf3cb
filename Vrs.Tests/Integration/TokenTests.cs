using System.Security.Cryptography;
using Vrs.Bench.Headless;

namespace Vrs.Tests.Integration;

/// <summary>Who may register: holders of a token this server issued to them, while it holds (RFC 8898).</summary>
public sealed class TokenTests : RelayTest
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Gateway:SigningKey"] = Convert.ToBase64String(Key),
    };

    /// <summary>Tokens, by what they are, and the status a REGISTER with each is answered with.</summary>
    public static TheoryData<string, int> Cases => new()
    {
        { "none", 401 },
        { "nonsense", 401 },
        { "good", 200 },
        { "expired", 401 },
        { "of another key", 401 },
        { "unsigned", 401 },
        { "for refreshing", 401 },
        { "of somebody else", 403 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_register_is_answered_by_what_its_token_is_worth(string which, int status)
    {
        await using var phone = new HeadlessPhone(World.Sip, new PeerIdentity("dana", "vrs.local", await Token(which)));
        await phone.Connect();

        var answer = await phone.Register();

        Assert.Equal(status, answer.Status);
        if (status == 401)
        {
            Assert.StartsWith("Bearer", answer["WWW-Authenticate"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_call_with_an_expired_token_is_refused_but_the_dialog_of_one_that_was_good_goes_on()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);
        dana.Phone.UseToken(await Token("expired"));

        var refused = await dana.Phone.Call(hana.Number, Sdp.VideoOffer());
        Assert.Equal(401, (await refused.Final(Wait.Reply)).Status);
        Assert.Equal(200, (await relayed.Caller.Request("INVITE", "application/sdp", Sdp.VideoOffer())).Status);
        Assert.Equal(200, (await relayed.Caller.HangUp()).Status);
    }

    [Fact]
    public async Task An_unregistered_device_cannot_call()
    {
        var hana = await World.Open("hana");
        await using var phone = new HeadlessPhone(World.Sip, new PeerIdentity("dana", "vrs.local", Token: null));
        await phone.Connect();

        var call = await phone.Call(hana.Number, Sdp.VideoOffer());

        Assert.Equal(401, (await call.Final(Wait.Reply)).Status);
    }

    private async Task<string?> Token(string which)
    {
        var later = DateTimeOffset.UtcNow.AddMinutes(5);
        return which switch
        {
            "none" => null,
            "nonsense" => "not.a.token",
            "good" => HandmadeToken.Make(Key, "dana", later),
            "expired" => HandmadeToken.Make(Key, "dana", DateTimeOffset.UtcNow.AddMinutes(-1)),
            "of another key" => HandmadeToken.Make(RandomNumberGenerator.GetBytes(32), "dana", later),
            "unsigned" => HandmadeToken.Make(Key, "dana", later, "none"),
            "for refreshing" => (await SignedIn.SignIn(World.Http, "dana", RelayWorld.Password)).RefreshToken,
            "of somebody else" => HandmadeToken.Make(Key, "deniz", later),
            _ => throw new ArgumentOutOfRangeException(nameof(which), which, "No such token."),
        };
    }
}
