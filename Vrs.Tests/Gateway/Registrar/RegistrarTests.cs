using Vrs.Gateway.Sip.Messages;
using Vrs.Grains.Interfaces;
using Vrs.Tests.Gateway.Legs;

namespace Vrs.Tests.Gateway.Registrar;

public sealed class RegistrarTests
{
    private readonly LegWorld _world = new();

    [Fact]
    public async Task A_device_is_bound_to_its_flow()
    {
        var device = _world.Device("dana");

        var response = await device.Register(("Expires", "600"), ("Supported", "path, outbound"));

        Assert.Equal(200, response.StatusCode);
        Assert.Equal("600", response.Contact!.Parameters["expires"]);
        Assert.Equal("<urn:uuid:dana>", response.Contact.Parameters.Unquoted("+sip.instance"));
        Assert.True(response.Headers.HasToken("Require", "outbound"));
        var bound = await LegWorld.Next(_world.Grains.Registration("dana").Registered);
        Assert.Equal(
            ("<urn:uuid:dana>", device.Flow.Id, "gw1", device.Contact, "192.0.2.7", 1, 600),
            (bound.Device.Value, bound.Flow, bound.Gateway.Value, bound.Contact, bound.Address, bound.RegistrationId,
                bound.ExpiresSeconds));
    }

    [Theory]
    [InlineData("600", null, 600)]
    [InlineData(null, null, 600)]
    [InlineData("600", "120", 120)]
    [InlineData("99999", null, 3600)]
    [InlineData("nonsense", null, 600)]
    [InlineData("60", null, 60)]
    public async Task Its_life_is_what_it_asks_within_bounds(string? header, string? parameter, int granted)
    {
        var device = _world.Device("dana");
        var contact = $"<{device.Contact}>" + (parameter is null ? "" : $";expires={parameter}");
        var request = device.Request(SipMethod.Register, "sip:vrs.local", ("Contact", contact));
        if (header is not null)
        {
            request.Headers.Add("Expires", header);
        }

        var response = await device.Ask(request);

        Assert.Equal(200, response.StatusCode);
        Assert.Equal($"{granted}", response.Contact!.Parameters["expires"]);
    }

    [Fact]
    public async Task Too_short_a_life_is_refused_with_the_shortest_one()
    {
        var response = await _world.Device("dana").Register(("Expires", "59"));

        Assert.Equal(423, response.StatusCode);
        Assert.Equal("60", response.Headers["Min-Expires"]);
    }

    [Fact]
    public async Task Expires_0_removes_the_binding()
    {
        var device = await _world.Registered("dana");

        var response = await device.Register(("Expires", "0"));

        Assert.Equal(200, response.StatusCode);
        Assert.Null(response.Contact);
    }

    [Fact]
    public async Task A_star_removes_all_bindings_and_needs_Expires_0()
    {
        var device = await _world.Registered("dana");

        var refused = await device.Ask(device.Request(SipMethod.Register, "sip:vrs.local", ("Contact", "*")));
        var response = await device.Ask(
            device.Request(SipMethod.Register, "sip:vrs.local", ("Contact", "*"), ("Expires", "0")));

        Assert.Equal(400, refused.StatusCode);
        Assert.Equal(200, response.StatusCode);
        Assert.False(response.Headers.Has("Contact"));
    }

    [Fact]
    public async Task Without_Contact_it_lists_the_bindings()
    {
        var device = await _world.Registered("dana");

        var response = await device.Ask(device.Request(SipMethod.Register, "sip:vrs.local"));

        Assert.Equal(device.Contact, response.Contact!.Uri.Text);
    }

    [Fact]
    public async Task Without_a_token_it_is_challenged()
    {
        var device = _world.Device("dana");
        device.Token = null;

        var response = await device.Register();

        Assert.Equal(401, response.StatusCode);
        var challenge = response.Headers["WWW-Authenticate"]!;
        Assert.StartsWith("Bearer realm=\"vrs.local\"", challenge, StringComparison.Ordinal);
        Assert.Contains("scope=\"sip\"", challenge, StringComparison.Ordinal);
        Assert.DoesNotContain("error", challenge, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_token_is_called_so()
    {
        var device = _world.Device("dana");
        device.Token = "expired";

        var response = await device.Register();

        Assert.Equal(401, response.StatusCode);
        Assert.Contains("error=\"invalid_token\"", response.Headers["WWW-Authenticate"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_address_is_forbidden()
    {
        var device = _world.Device("dana");
        device.Token = "token-hana";

        Assert.Equal(403, (await device.Register()).StatusCode);
    }

    [Fact]
    public async Task A_connection_belongs_to_one_account()
    {
        var device = await _world.Registered("dana");
        var other = _world.Device("hana").Request(SipMethod.Register, "sip:vrs.local");

        Assert.Equal(403, (await device.Ask(other)).StatusCode);
    }

    [Fact]
    public async Task An_old_REGISTER_is_an_error_as_the_RFC_says()
    {
        _world.Grains.Registration("dana").Refuses = new Refusal(RefusalReason.Stale, "Older than the binding.");

        Assert.Equal(500, (await _world.Device("dana").Register()).StatusCode);
    }

    [Fact]
    public async Task A_lost_flow_is_reported_until_the_grain_took_it()
    {
        var device = await _world.Registered("dana");
        var registration = _world.Grains.Registration("dana");
        registration.FailingLosses = 3;

        device.Disconnect();

        var lost = await _world.AdvanceUntil(
            () => LegWorld.Next(registration.Lost), TimeSpan.FromSeconds(1));
        Assert.Equal(("<urn:uuid:dana>", device.Flow.Id), (lost.Device.Value, lost.Flow));
    }

    [Fact]
    public async Task A_connection_nobody_signs_in_on_is_closed()
    {
        var stranger = _world.Device("dana");
        stranger.Token = null;
        Assert.Equal(401, (await stranger.Register()).StatusCode);
        var guest = await _world.Registered("hana");

        _world.Time.Advance(TimeSpan.FromSeconds(31));

        await Assert.ThrowsAnyAsync<Exception>(stranger.Next);
        Assert.False(stranger.Flow.IsOpen);
        Assert.True(guest.Flow.IsOpen);
    }
}
