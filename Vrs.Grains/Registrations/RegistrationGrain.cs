using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Vrs.Grains.Audit;
using Vrs.Grains.Domain.Registrations;
using Vrs.Grains.Effects;
using Vrs.Grains.Interfaces.Gateways;
using Vrs.Grains.Telemetry;

namespace Vrs.Grains.Registrations;

/// <summary>
/// Where one user's devices are reachable. Reentrant: carrying a command waits for a gateway, and meanwhile others may
/// be carried; state changes only between waits.
/// </summary>
[Reentrant]
public sealed class RegistrationGrain : OutboxGrain<RegistrationState, RegistrationEffect>, IRegistrationGrain
{
    /// <summary>How often the gateways of devices in use are asked whether they still live.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(5);

    private IGrainTimer? _check;
    private bool? _isInterpreter;

    /// <summary>Made by the engine.</summary>
    public RegistrationGrain(
        [PersistentState("registration")] IPersistentState<Kept<RegistrationState, RegistrationEffect>> store,
        TimeProvider time,
        IAuditTrail trail,
        ILogger<RegistrationGrain> log)
        : base(store, time, EffectPacing.Default, trail, log)
    {
    }

    protected override string Machine => "registration";

    protected override DateTimeOffset? NextDue => Current.NextExpiry;

    /// <summary>A device nobody talks with may be forgotten; its binding is looked at when somebody asks.</summary>
    protected override bool MustWakeUp => !Current.Legs.IsEmpty;

    private UserId User => new(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        _check = this.RegisterGrainTimer(
            _ => CheckGateways(),
            new GrainTimerCreationOptions(CheckInterval, CheckInterval) { Interleave = true });
    }

    /// <inheritdoc/>
    public async Task<RegisterResult> Register(RegisterDevice request)
    {
        var isReconnect = Current.Find(request.Device) is { } known && known.Flow != request.Flow;
        var refusal = await Change(Registrar.Register(Current, request, Time.GetUtcNow()));
        if (isReconnect && refusal is null)
        {
            GrainInstruments.Reconnects.Add(1);
        }

        return new RegisterResult(refusal, Devices());
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<DeviceBinding>> GetDevices() => Task.FromResult(Devices());

    /// <inheritdoc/>
    public Task FlowLost(DeviceId device, FlowId flow) => Change(Registrar.LoseFlow(Current, device, flow));

    /// <inheritdoc/>
    public async Task<Refusal?> Deliver(DeviceId? device, LegCommand command)
    {
        var chosen = Current.DeviceOf(command.Leg) ?? device;
        var binding = chosen is { } named ? Current.Find(named) : Current.Newest;
        if (binding is not { Flow: { } flow })
        {
            return new Refusal(RefusalReason.Unreachable, "The device is not connected.");
        }

        if (command is InviteLeg)
        {
            // Attached before the command goes: an answer may be back, and the connection lost, before we are.
            await Change(Registrar.Attach(Current, command.Leg, binding.Device));
        }

        var refusal = await GrainFactory.GetGrain<IGatewayGrain>(binding.Gateway.Value).Perform(flow, command);
        if (refusal is { Reason: RefusalReason.Unreachable })
        {
            await Change(Registrar.LoseFlow(Current, binding.Device, flow));
        }

        return refusal;
    }

    /// <inheritdoc/>
    public Task AttachLeg(LegRef leg, DeviceId device) => Change(Registrar.Attach(Current, leg, device));

    /// <inheritdoc/>
    public Task DetachLeg(LegRef leg) => Change(Registrar.Detach(Current, leg));

    protected override string LaneOf(RegistrationEffect effect) => effect.Lane;

    protected override async Task<Outcome> Perform(Owed<RegistrationEffect> owed, CancellationToken cancellationToken)
    {
        switch (owed.Effect)
        {
            case RegistrationEffect.TellCall tell:
                await GrainFactory.GetGrain<ICallGrain>(tell.Leg.Call.Value).FlowChanged(tell.Leg.Number, tell.Up);
                break;
            case RegistrationEffect.TellInterpreter tell:
                if (await IsInterpreter())
                {
                    await GrainFactory.GetGrain<IInterpreterGrain>(User.Value).ConsolesChanged(tell.Live);
                }

                break;
            default:
                throw new InvalidOperationException($"Nobody performs {owed.Effect.GetType().Name}.");
        }

        return Outcome.Done;
    }

    protected override void OnDue()
    {
        var change = Registrar.Expire(Current, Time.GetUtcNow());
        Commit(change.State, change.Effects);
    }

    private ImmutableArray<DeviceBinding> Devices()
    {
        var now = Time.GetUtcNow();
        return
        [
            .. Current.Bindings.Where(binding => binding.ExpiresAt > now).Reverse().Select(binding => binding.View()),
        ];
    }

    private async Task<Refusal?> Change(RegistrationChange change)
    {
        if (!ReferenceEquals(change.State, Current))
        {
            Commit(change.State, change.Effects);
        }

        await Store();
        return change.Refusal;
    }

    private async Task<bool> IsInterpreter() =>
        _isInterpreter ??= await GrainFactory.GetGrain<IAccountGrain>(User.Value).Get()
            is { Role: AccountRole.Interpreter };

    /// <summary>A gateway that crashed never said that its connections are gone.</summary>
    private async Task CheckGateways()
    {
        if (Current.Newest is null || (Current.Legs.IsEmpty && !await IsInterpreter()))
        {
            return;
        }

        foreach (var binding in Current.Bindings.Where(binding => binding.IsLive))
        {
            if (!await GrainFactory.GetGrain<IGatewayGrain>(binding.Gateway.Value).IsLive())
            {
                await Change(Registrar.LoseFlow(Current, binding.Device, binding.Flow!.Value));
            }
        }
    }
}
