using System.Collections.Immutable;
using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Tests.Domain.Product;

namespace Vrs.Tests.Callflows;

/// <summary>The devices: what commands of a call are on the wire, and what the devices answer.</summary>
internal sealed partial class CoreBus
{
    public void Register(string user) => _devices[user] = true;

    public IReadOnlyList<string> Registered => [.. _devices.Where(device => device.Value).Select(device => device.Key)];

    /// <summary>The device's connection is gone.</summary>
    public void Lose(string user)
    {
        _devices[user] = false;
        foreach (var leg in _legs.Where(leg => leg.User == user).ToList())
        {
            if (CallInputs.FromFlow(_calls[leg.Call], leg.Number, up: false) is { } lost)
            {
                Call(leg.Call, lost);
            }
        }

        TellConsoles(user);
    }

    /// <summary>The device's connection is back, with the same dialogs.</summary>
    public void Restore(string user)
    {
        foreach (var leg in _legs.Where(leg => leg.User == user).ToList())
        {
            if (CallInputs.FromFlow(_calls[leg.Call], leg.Number, up: true) is { } back)
            {
                Call(leg.Call, back);
            }
        }

        TellConsoles(user);
    }

    /// <summary>An interpreter is told which of her consoles are connected, if this device is one.</summary>
    public void TellConsoles(string device)
    {
        if (_interpreters.ContainsKey(UserOf(device)))
        {
            Interpreter(
                UserOf(device), new InterpreterEvent.ConsolesChanged([.. ConsolesOf(UserOf(device)).Select(DeviceOf)]));
        }
    }

    /// <summary>What the device asked and got no answer to has died with the connection it was asked on.</summary>
    public void ForgetAsking(string user)
    {
        for (var i = 0; i < _legs.Count; i++)
        {
            if (_legs[i] is { Opened: false, Answered: false } leg && leg.User == user)
            {
                _legs[i] = leg with { Forgotten = true };
            }
        }
    }

    /// <summary>The leg that a deed of this person is about.</summary>
    public DeviceLeg LegFor(string user, string deed) =>
        _legs.Last(leg => leg.User == user && leg.IsFor(deed));

    /// <summary>The device answers a leg that the gateway opened.</summary>
    public void Answer(DeviceLeg leg)
    {
        Lines.FromDevice(leg.User, StoryLines.Status(200));
        Answered(leg);
        Report(leg, new LegAnswered(leg.Number, Dialog($"leg{leg.Call}-{leg.Number}"), new("v=0")));
    }

    /// <summary>The device puts the other side of its bridge on hold, or takes it back.</summary>
    public void Hold(DeviceLeg leg, bool held)
    {
        var peer = _legs.Last(other => other.Call == leg.Call && other.Role == PeerOf(leg.Role) && other.Answered);
        var invite = held ? "INVITE hold" : "INVITE resume";
        Lines.FromDevice(leg.User, invite);
        Lines.ToDevice(peer.User, invite);
        if (Habits.HoldingToo.Remove(peer.User))
        {
            Lines.FromDevice(peer.User, "INVITE hold");
            Lines.FromDevice(peer.User, StoryLines.Status(491));
            Lines.ToDevice(peer.User, StoryLines.Status(491));
            Lines.ToDevice(leg.User, StoryLines.Status(491));
            return;
        }

        Lines.FromDevice(peer.User, StoryLines.Status(200));
        Lines.ToDevice(leg.User, StoryLines.Status(200));
        Report(leg, new LegHeld(leg.Number, held));
    }

    public void Report(DeviceLeg leg, LegReport report)
    {
        if (CallInputs.FromReport(_calls[leg.Call], report) is { } happening)
        {
            Call(leg.Call, happening);
        }
    }

    private static LegRole PeerOf(LegRole role) => role switch
    {
        LegRole.Caller => LegRole.InterpreterToCaller,
        LegRole.InterpreterToCaller => LegRole.Caller,
        LegRole.InterpreterToCallee => LegRole.Callee,
        _ => LegRole.InterpreterToCallee,
    };

    private bool IsUp(string user) => _devices.GetValueOrDefault(user);

    /// <summary>Her devices that are connected, in the order in which they came.</summary>
    private IEnumerable<string> ConsolesOf(string user) => Registered.Where(device => UserOf(device) == user);

    /// <summary>Legs that devices opened are known to the devices as soon as the call has them.</summary>
    private void Track(int call, CallState next)
    {
        var known = _legs.Where(leg => leg.Call == call).Select(leg => leg.Number).ToHashSet();
        foreach (var leg in next.Legs.Where(leg => !known.Contains(leg.Number)))
        {
            var name = leg.Device!.Value.Value[..^DeviceSuffix.Length];
            _legs.Add(new DeviceLeg(call, leg.Number, leg.Role, name, leg.Opened, Answered: false));
        }
    }

    private DeviceLeg Find(int call, int number) => _legs.Single(leg => leg.Call == call && leg.Number == number);

    private void Answered(DeviceLeg leg) => _legs[_legs.IndexOf(leg)] = leg with { Answered = true };

    private void Carry(int call, CallEffect owed)
    {
        switch (owed)
        {
            case CallEffect.Detach detach:
                _legs.RemoveAll(leg => leg.Call == call && leg.Number == detach.Leg);
                break;
            case CallEffect.Locate locate:
                Call(call, new CallEvent.CalleeLocated(locate.Dialer, DevicesOf(locate.User.Value)));
                break;
            case CallEffect.LocateCaller locate:
                Call(call, new CallEvent.CallerLocated(locate.For, DevicesOf(locate.User.Value)));
                break;
            case CallEffect.Invite invite:
                Invite(Find(call, invite.Leg), invite);
                break;
            case CallEffect.LegEffect effect when Find(call, effect.Leg) is { Forgotten: false } leg && IsUp(leg.User):
                Command(leg, effect);
                break;
            default:
                Carry(Letters.From(_calls[call], owed));
                break;
        }
    }

    private void Command(DeviceLeg leg, CallEffect.LegEffect owed)
    {
        switch (owed)
        {
            case CallEffect.Progress progress:
                Lines.ToDevice(leg.User, StoryLines.Status(progress.Status));
                break;
            case CallEffect.Answer:
                Lines.ToDevice(leg.User, StoryLines.Status(200));
                Answered(leg);
                break;
            case CallEffect.End when Habits.AnsweringLate.Contains(leg.User)
                && leg is { Opened: true, Answered: false }:
                Lines.ToDevice(leg.User, "CANCEL");
                Lines.FromDevice(leg.User, StoryLines.Status(200));
                Lines.ToDevice(leg.User, "BYE");
                break;
            case CallEffect.End end:
                Lines.ToDevice(leg.User, leg switch
                {
                    { Answered: true } => "BYE",
                    { Opened: true } => "CANCEL",
                    _ => StoryLines.Status(end.Status),
                });
                if (leg.IsFor("hangs up") && Habits.HangingUpToo.Remove(leg.User))
                {
                    Lines.FromDevice(leg.User, "BYE");
                    Report(leg, new LegEnded(leg.Number, LegEndCause.HungUp));
                }

                break;
        }
    }

    /// <summary>Her devices, newest first.</summary>
    private ImmutableArray<CalleeDevice> DevicesOf(string user) =>
    [
        .. ConsolesOf(user).Select(device => new CalleeDevice(DeviceOf(device), "192.0.2.1")).Reverse(),
    ];

    /// <summary>A device is called: consoles and callers' pages answer by themselves, phones ring.</summary>
    private void Invite(DeviceLeg leg, CallEffect.Invite invite)
    {
        if (!IsUp(leg.User))
        {
            Report(leg, new LegRejected(leg.Number, 480, "Not connected."));
            return;
        }

        Lines.ToDevice(leg.User, $"INVITE {invite.Role}{(invite.TakesOver is null ? "" : " taking over")}");
        if (Habits.Refusing.Contains(leg.User))
        {
            Lines.FromDevice(leg.User, StoryLines.Status(480));
            Report(leg, new LegRejected(leg.Number, 480, "Not now."));
        }
        else if (invite is { Role: LegRole.Callee or LegRole.Caller, TakesOver: null } && !leg.IsInCallOf(_legs))
        {
            Lines.FromDevice(leg.User, StoryLines.Status(180));
            Report(leg, new LegRinging(leg.Number));
        }
        else
        {
            Answer(leg);
        }
    }
}
