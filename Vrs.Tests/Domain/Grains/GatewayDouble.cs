using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Gateways;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Tests.Domain.Grains;

/// <summary>
/// A gateway that keeps every command it is given, each (leg, sequence) once, and answers INVITEs as it was told to.
/// </summary>
internal sealed class GatewayDouble : IGatewayObserver
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);

    private readonly GrainWorld _world;
    private readonly IGatewayObserver _self;
    private readonly Action<FlowId, LegCommand> _react;
    private readonly HashSet<(LegRef, long)> _seen = [];
    private readonly Dictionary<LegRole, int> _rejections = [];
    private readonly HashSet<LegRole> _silent = [];
    private readonly HashSet<LegRef> _forgotten = [];
    private readonly Dictionary<LegRef, LegAnswered> _answers = [];
    private bool _isDead;

    public GatewayDouble(string id, GrainWorld world, Action<FlowId, LegCommand>? react = null)
    {
        Id = new GatewayId(id);
        _world = world;
        _react = react ?? React;
        _self = world.Grains.CreateObjectReference<IGatewayObserver>(this);
        RenewAgainAndAgain(world.Grains.GetGrain<IGatewayGrain>(id));
        world.Settle();
    }

    public GatewayId Id { get; }

    /// <summary>Commands in the order in which they came, without repetitions.</summary>
    public List<LegCommand> Commands { get; } = [];

    /// <summary>Where INVITEs went, in order.</summary>
    public List<FlowId> Invited { get; } = [];

    public IEnumerable<TCommand> Of<TCommand>()
        where TCommand : LegCommand => Commands.OfType<TCommand>();

    /// <summary>From now on devices of this role answer INVITEs with this status.</summary>
    public void Reject(LegRole role, int status) => _rejections[role] = status;

    public void Accept(LegRole role) => _rejections.Remove(role);

    /// <summary>From now on devices of this role ring and say nothing.</summary>
    public void KeepSilent(LegRole role) => _silent.Add(role);

    /// <summary>From now on this leg is none that the gateway knows.</summary>
    public void Forget(LegRef leg) => _forgotten.Add(leg);

    public Task<Refusal?> Perform(FlowId flow, LegCommand command) =>
        _world.OnThisThread(() => PerformNow(flow, command));

    private Refusal? PerformNow(FlowId flow, LegCommand command)
    {
        // What was answered to a gateway that is gone, this one cannot tell.
        var isForeign = command is ReportDescription
            && _world.Answered.Contains(command.Leg)
            && !_answers.ContainsKey(command.Leg);
        if (isForeign || _forgotten.Contains(command.Leg))
        {
            return new Refusal(RefusalReason.Stale, "This flow has no such leg.");
        }

        if (command.Sequence == 0 || _seen.Add((command.Leg, command.Sequence)))
        {
            Commands.Add(command);
            if (command is InviteLeg)
            {
                Invited.Add(flow);
            }

            _react(flow, command);
        }

        return null;
    }

    private void React(FlowId flow, LegCommand command)
    {
        switch (command)
        {
            case InviteLeg invite when _silent.Contains(invite.Role):
                Report(invite.Leg, new LegRinging(invite.Leg.Number));
                break;
            case InviteLeg invite when _rejections.TryGetValue(invite.Role, out var status):
                Report(invite.Leg, new LegRejected(invite.Leg.Number, status, "No."));
                break;
            case InviteLeg invite:
                _answers[invite.Leg] = new LegAnswered(
                    invite.Leg.Number,
                    GrainWorld.Dialog(invite.Leg.Call.Value, $"leg{invite.Leg.Number}"),
                    new SdpText($"v=0 leg {invite.Leg.Number}"));
                _world.Answered.Add(invite.Leg);
                Report(invite.Leg, _answers[invite.Leg]);
                break;
            case AnswerLeg answer:
                Report(answer.Leg, new LegConfirmed(answer.Leg.Number));
                break;
            case ReportDescription ask when _answers.TryGetValue(ask.Leg, out var answer):
                Report(ask.Leg, answer);
                break;
            case ReportDescription ask:
                Report(ask.Leg, new LegOffer(ask.Leg.Number, new SdpText("v=0 again")));
                break;
        }
    }

    /// <summary>A little later, as a network would.</summary>
    private void Report(LegRef leg, LegReport report) => _world.Time.After(
        TimeSpan.FromMilliseconds(20),
        () => _ = _world.Grains.GetGrain<ICallGrain>(leg.Call.Value).Report(report));

    /// <summary>Tells the grains where it is called.</summary>
    public void Renew() => _ = _world.Grains.GetGrain<IGatewayGrain>(Id.Value).Subscribe(_self);

    /// <summary>It says no more where it is called.</summary>
    public void Die() => _isDead = true;

    private void RenewAgainAndAgain(IGatewayGrain grain)
    {
        if (_isDead)
        {
            return;
        }

        _ = grain.Subscribe(_self);
        _world.Time.After(Renewal, () => RenewAgainAndAgain(grain));
    }
}
