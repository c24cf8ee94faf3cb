using System.Collections.Immutable;
using System.Globalization;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Parsing;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Gateways;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Gateway.Sip.Registrar;

/// <summary>Where a REGISTER came from.</summary>
/// <param name="Flow">The connection.</param>
/// <param name="Gateway">This gateway.</param>
/// <param name="Address">The remote IP address.</param>
public sealed record RegisteringFlow(FlowId Flow, GatewayId Gateway, string Address);

/// <summary>The answer to a REGISTER, and what it did on this flow.</summary>
/// <param name="Response">The response.</param>
/// <param name="Bound">The device that is now bound to the flow, with its Contact; null when none was.</param>
/// <param name="Unbound">The device that left; null when none did.</param>
public sealed record Registration(SipResponse Response, RegistrationRequest.Bind? Bound, DeviceId? Unbound);

/// <summary>
/// The registrar (RFC 3261 section 10, RFC 5626): turns REGISTER into calls of the user's registration grain, which
/// knows
/// the bindings. Who asks has been checked before.
/// </summary>
/// <param name="registrations">Finds a user's registration grain.</param>
/// <param name="options">How long bindings may hold.</param>
/// <param name="time">The clock.</param>
public sealed class Registrar(
    Func<UserId, IRegistrationGrain> registrations, RegistrarOptions options, TimeProvider time)
{
    /// <summary>Answers one REGISTER.</summary>
    public async Task<Registration> Answer(SipRequest request, UserId user, RegisteringFlow flow)
    {
        var grain = registrations(user);
        switch (RegistrationRequest.Read(request, options))
        {
            case RegistrationRequest.Query:
                return new Registration(Ok(request, await grain.GetDevices()), null, null);
            case RegistrationRequest.RemoveAll:
                return await RemoveAll(request, grain, flow);
            case RegistrationRequest.Bind bind:
                var result = await grain.Register(ToMessage(request, bind, flow));
                var response = result.Refusal is null ? Ok(request, result.Bindings) : Refused(request, result.Refusal);
                var bound = result.Refusal is null && bind.ExpiresSeconds > 0;
                return new Registration(response, bound ? bind : null, bind.ExpiresSeconds == 0 ? bind.Device : null);
            case RegistrationRequest.Refused refused:
                return new Registration(Refused(request, refused), null, null);
            case var other:
                throw new InvalidOperationException($"Not a registration request: {other.GetType().Name}.");
        }
    }

    private static RegisterDevice ToMessage(SipRequest request, RegistrationRequest.Bind bind, RegisteringFlow flow) =>
        new(
            bind.Device,
            flow.Flow,
            flow.Gateway,
            bind.Contact,
            flow.Address,
            bind.RegistrationId,
            request.CallId,
            request.CSeq.Number,
            bind.ExpiresSeconds);

    private async Task<Registration> RemoveAll(SipRequest request, IRegistrationGrain grain, RegisteringFlow flow)
    {
        var left = await grain.GetDevices();
        foreach (var binding in left)
        {
            var gone = new RegistrationRequest.Bind(binding.Device, binding.Contact, 0, 0);
            left = (await grain.Register(ToMessage(request, gone, flow))).Bindings;
        }

        return new Registration(Ok(request, left), null, null);
    }

    private SipResponse Ok(SipRequest request, ImmutableArray<DeviceBinding> bindings)
    {
        var response = SipResponse.For(request, SipStatus.Ok);
        foreach (var binding in bindings)
        {
            response.Headers.Add(HeaderNames.Contact, ContactOf(binding));
        }

        response.Headers.Add(HeaderNames.Date, time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        response.Headers.Add(HeaderNames.Supported, "outbound, path");
        if (request.Contact?.Parameters.Has("reg-id") == true
            && request.Headers.HasToken(HeaderNames.Supported, "outbound"))
        {
            // RFC 5626 section 6: says that the flow of this registration will be used.
            response.Headers.Add(HeaderNames.Require, "outbound");
        }

        foreach (var hop in request.Headers.List(HeaderNames.Path))
        {
            response.Headers.Add(HeaderNames.Path, hop);
        }

        return response;
    }

    private string ContactOf(DeviceBinding binding)
    {
        var left = Math.Max(0, (long)Math.Ceiling((binding.ExpiresAt - time.GetUtcNow()).TotalSeconds));
        var expires = string.Create(CultureInfo.InvariantCulture, $"<{binding.Contact}>;expires={left}");
        return binding.Device.Value == binding.Contact
            ? expires
            : $"{expires};+sip.instance={SipText.Quote(binding.Device.Value)}";
    }

    private SipResponse Refused(SipRequest request, RegistrationRequest.Refused refused)
    {
        var response = SipResponse.For(request, refused.Status, null, refused.Reason);
        if (refused.Status == SipStatus.IntervalTooBrief)
        {
            response.Headers.Add(HeaderNames.MinExpires, options.MinExpiresSeconds);
        }

        return response;
    }

    // RFC 3261 section 10.3, step 7: a REGISTER that is older than the binding is answered 500.
    private static SipResponse Refused(SipRequest request, Refusal refusal) => SipResponse.For(
        request,
        refusal.Reason == RefusalReason.Stale ? SipStatus.ServerInternalError : RefusalStatus.Of(refusal.Reason));
}
