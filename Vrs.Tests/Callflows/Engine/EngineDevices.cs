using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Tests.Callflows;

/// <summary>
/// Devices at the other end of the grains' commands: consoles and callers' pages answer by themselves, phones ring.
/// </summary>
/// <param name="lines">What is observed.</param>
/// <param name="report">Tells the call what happened on a leg.</param>
internal sealed class EngineDevices(StoryLines lines, Action<LegRef, LegReport> report)
{
    private readonly Dictionary<string, bool> _devices = [];
    private readonly List<DeviceLeg> _legs = [];
    private readonly HashSet<LegRef> _queued = [];
    private long _requests;

    /// <summary>What devices do other than usual.</summary>
    public DeviceHabits Habits { get; } = new();

    public IReadOnlyList<string> Registered => [.. _devices.Where(device => device.Value).Select(device => device.Key)];

    public bool IsUp(string device) => _devices.GetValueOrDefault(device);

    public void Register(string device) => _devices[device] = true;

    /// <summary>The connection is gone, and with it what was not answered.</summary>
    public void Lose(string device)
    {
        _devices[device] = false;
        _legs.RemoveAll(leg => leg.User == device && !leg.Answered);
    }

    /// <summary>Whether an INVITE of hers is not answered yet.</summary>
    public bool IsWaiting(string device, int call) => _legs.Any(leg =>
        leg is { Opened: false, Answered: false } && leg.User == device && leg.Call == call);

    /// <summary>An INVITE of this device was admitted as a leg, or refused.</summary>
    public void Opened(string device, int call, LegRole role, LegAdmission admission)
    {
        if (admission.Refusal is not null)
        {
            lines.ToDevice(device, StoryLines.Status(480));
        }
        else
        {
            Find(device, new LegRef(new CallId(Cast.CallOf(call)), admission.Leg), role);
        }
    }

    /// <summary>Somebody answers, refuses, cancels or hangs up.</summary>
    public void OnLeg(string device, string deed)
    {
        var leg = _legs.Last(leg => leg.User == device && leg.IsFor(deed));
        switch (deed)
        {
            case "answers":
                Answer(leg);
                break;
            case "is busy":
                Reject(leg, 486);
                break;
            case "declines the call":
                Reject(leg, 603);
                break;
            case "cancels":
                lines.FromDevice(device, "CANCEL");
                lines.ToDevice(device, StoryLines.Status(487));
                End(leg, LegEndCause.Cancelled);
                break;
            case "holds" or "holds the callee" or "resumes" or "resumes the callee":
                Offer(leg, deed.StartsWith("holds", StringComparison.Ordinal) ? "hold" : "resume");
                break;
            default:
                lines.FromDevice(device, "BYE");
                End(leg, LegEndCause.HungUp);
                break;
        }
    }

    /// <summary>A device is sent a command.</summary>
    public void React(string device, LegCommand command)
    {
        switch (command)
        {
            case SendProgress progress when progress.Status != 182 || _queued.Add(progress.Leg):
                lines.ToDevice(device, StoryLines.Status(progress.Status));
                break;
            case AnswerLeg answer:
                lines.ToDevice(device, StoryLines.Status(200));
                Answered(Find(device, answer.Leg, OwnRole(device)));
                report(answer.Leg, new LegConfirmed(answer.Leg.Number));
                break;
            case InviteLeg invite:
                Invite(device, invite);
                break;
            case EndLeg end:
                BeEnded(device, Find(device, end.Leg, OwnRole(device)), end.Status);
                break;
            case ForwardRequest forward:
                BeOffered(device, forward);
                break;
            case ForwardResponse { Status: 200 } answer:
                lines.ToDevice(device, StoryLines.Status(answer.Status));
                report(answer.Leg, new LegHeld(answer.Leg.Number, answer.Body!.Text == "hold"));
                break;
            case ForwardResponse answer:
                lines.ToDevice(device, StoryLines.Status(answer.Status));
                break;
            case ReportDescription ask when Find(device, ask.Leg, OwnRole(device)).Opened:
                report(ask.Leg, AnswerOf(Find(device, ask.Leg, OwnRole(device))));
                break;
            case ReportDescription ask:
                report(ask.Leg, new LegOffer(ask.Leg.Number, new SdpText("v=0 again")));
                break;
        }
    }

    private static LegRole OwnRole(string device) =>
        Cast.IsParty(device) ? LegRole.Caller : LegRole.InterpreterToCallee;

    /// <summary>A command may come before the admission is known.</summary>
    private DeviceLeg Find(string device, LegRef leg, LegRole role, bool opened = false)
    {
        var call = Cast.NumberOf(leg.Call);
        var known = _legs.Find(candidate => candidate.Call == call && candidate.Number == leg.Number);
        if (known is null)
        {
            known = new DeviceLeg(call, leg.Number, role, device, opened, Answered: false);
            _legs.Add(known);
        }

        return known;
    }

    private void Invite(string device, InviteLeg invite)
    {
        var leg = Find(device, invite.Leg, invite.Role, opened: true);
        lines.ToDevice(device, $"INVITE {invite.Role}{(invite.TakesOver is null ? "" : " taking over")}");
        if (Habits.Refusing.Contains(device))
        {
            Reject(leg, 480);
        }
        else if (invite is { Role: LegRole.Callee or LegRole.Caller, TakesOver: null } && !leg.IsInCallOf(_legs))
        {
            lines.FromDevice(device, StoryLines.Status(180));
            report(invite.Leg, new LegRinging(leg.Number));
        }
        else
        {
            Answer(leg);
        }
    }

    private void Answer(DeviceLeg leg)
    {
        lines.FromDevice(leg.User, StoryLines.Status(200));
        Answered(leg);
        report(RefOf(leg), AnswerOf(leg));
    }

    private static LegAnswered AnswerOf(DeviceLeg leg) => new(
        leg.Number, CoreBus.Dialog($"leg{leg.Call}-{leg.Number}"), new SdpText($"v=0 leg {leg.Number}"));

    private void Reject(DeviceLeg leg, int status)
    {
        lines.FromDevice(leg.User, StoryLines.Status(status));
        _legs.Remove(leg);
        report(RefOf(leg), new LegRejected(leg.Number, status, "No."));
    }

    /// <summary>A re-INVITE whose offer is that word; the device at the other end agrees.</summary>
    private void Offer(DeviceLeg leg, string words)
    {
        lines.FromDevice(leg.User, $"INVITE {words}");
        report(RefOf(leg), new LegRequest(leg.Number, ++_requests, "INVITE", new BodyText("application/sdp", words)));
    }

    /// <summary>A re-INVITE comes: the device agrees, unless an offer of its own is under way.</summary>
    private void BeOffered(string device, ForwardRequest forward)
    {
        var status = 200;
        lines.ToDevice(device, $"INVITE {forward.Body!.Text}");
        if (Habits.HoldingToo.Remove(device))
        {
            status = 491;
            lines.FromDevice(device, "INVITE hold");
            lines.FromDevice(device, StoryLines.Status(status));
            lines.ToDevice(device, StoryLines.Status(status));
        }
        else
        {
            lines.FromDevice(device, StoryLines.Status(status));
        }

        report(forward.Leg, new LegResponse(
            forward.Leg.Number, forward.RequestLeg, forward.Number, status, status == 200 ? forward.Body : null));
    }

    private void End(DeviceLeg leg, LegEndCause cause)
    {
        _legs.Remove(leg);
        report(RefOf(leg), new LegEnded(leg.Number, cause));
    }

    private void BeEnded(string device, DeviceLeg leg, int status)
    {
        _legs.Remove(leg);
        lines.ToDevice(device, leg switch
        {
            { Answered: true } => "BYE",
            { Opened: true } => "CANCEL",
            _ => StoryLines.Status(status),
        });
        if (leg is { Opened: true, Answered: false } && Habits.AnsweringLate.Contains(device))
        {
            lines.FromDevice(device, StoryLines.Status(200));
            lines.ToDevice(device, "BYE");
        }

        if (leg.IsFor("hangs up") && Habits.HangingUpToo.Remove(device))
        {
            lines.FromDevice(device, "BYE");
            report(RefOf(leg), new LegEnded(leg.Number, LegEndCause.HungUp));
        }
    }

    private void Answered(DeviceLeg leg) => _legs[_legs.IndexOf(leg)] = leg with { Answered = true };

    private static LegRef RefOf(DeviceLeg leg) => new(new CallId(Cast.CallOf(leg.Call)), leg.Number);
}
