using Microsoft.Extensions.Options;
using Vrs.Gateway;
using Vrs.Gateway.Turn;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Tests.Host;

public sealed class IceServersTests
{
    private readonly GatewayOptions _options = new();
    private readonly SteppedTime _time = new();

    [Fact]
    public void Without_configuration_there_are_none() => Assert.Empty(Ask().IceServers);

    [Fact]
    public void A_relay_comes_with_a_credential_that_coturn_accepts_for_twelve_hours()
    {
        _options.Turn.Urls.Add("turn:turn.example.org:3478?transport=udp");
        _options.Turn.Secret = "north";

        var answer = Ask();

        var relay = Assert.Single(answer.IceServers);
        Assert.Equal(12 * 3600, answer.TtlSeconds);
        Assert.Equal(["turn:turn.example.org:3478?transport=udp"], relay.Urls);
        Assert.Equal("1772409600:dana", relay.Username);

        // Computed with: printf '1772409600:dana' | openssl dgst -sha1 -hmac north -binary | base64.
        Assert.Equal("Kdf3ZGdnEf+N5eB17R52teI7HWQ=", relay.Credential);
    }

    [Fact]
    public void A_stun_server_needs_no_credential()
    {
        _options.Turn.Urls.Add("stun:stun.example.org");
        _options.Turn.Urls.Add("turns:turn.example.org");
        _options.Turn.Secret = "north";

        Assert.Collection(
            Ask().IceServers,
            stun => Assert.Equal((null, null), (stun.Username, stun.Credential)),
            turn => Assert.NotNull(turn.Credential));
    }

    private IceServersAnswer Ask() => new IceServers(Options.Create(_options), _time).For(UserId.From("dana"));
}
