namespace Vrs.Bench.Headless;

/// <summary>A call this device was sent; nothing is answered until the test or the load driver says so.</summary>
public sealed class IncomingCall : PeerCall
{
    private readonly TaskCompletionSource<PeerMessage> _acknowledged =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _answered;
    private PeerMessage? _said;

    internal IncomingCall(HeadlessPhone phone, PeerMessage invite)
        : base(phone, invite, Words.Short(), localCSeq: 0)
    {
        LocalAddress = invite["To"] ?? "";
        RemoteAddress = (invite["From"] ?? "").Split(";tag=")[0];
        RemoteTag = invite.FromTag;
        RemoteTarget = PeerMessage.UriOf(invite["Contact"]);
        RelayCall = invite["Vrs-Call"];
        RemoteSdp = invite.Body;
    }

    /// <summary>The 200 crosses with the CANCEL: it is sent when that comes.</summary>
    public bool AnswersTooLate { get; set; }

    /// <summary>The INVITE has no offer: the 200 must carry one, and the ACK brings the other side's answer.</summary>
    public bool IsLateOffer => Invite.Body.Length == 0;

    /// <summary>The leg whose place this one takes, or null.</summary>
    public string? TakesOver => Invite["Vrs-Takes-Over"];

    /// <summary>The ACK to this side's 200.</summary>
    public Task<PeerMessage> Acknowledged => _acknowledged.Task;

    public Task Ring() => Phone.SendMessage(
        PeerMessage.Response(Invite, 180, "Ringing", LocalTag).Add("Contact", $"<{Phone.Identity.ContactUri}>"));

    /// <summary>Answers 200; without an SDP, one that fits the INVITE is made.</summary>
    public async Task Answer(string? sdp = null)
    {
        _answered = true;
        IsEstablished = true;
        _said = PeerMessage.Response(Invite, 200, "OK", LocalTag)
            .Add("Contact", $"<{Phone.Identity.ContactUri}>")
            .Add("Supported", "timer,ice,replaces,outbound")
            .With("application/sdp", sdp ?? (IsLateOffer ? Sdp.VideoOffer() : Sdp.Answer(Invite.Body)));
        await Phone.SendMessage(_said);
        if (TakesOver is { } old && Phone.FindTaken(old) is { IsEstablished: true } taken)
        {
            await taken.TellSuccessorShown();
        }
    }

    /// <summary>Says the 200 again, as a device does that has seen no ACK (RFC 3261 section 13.3.1.4).</summary>
    public Task AnswerAgain() => Phone.SendMessage(_said ?? throw new InvalidOperationException("Not answered."));

    /// <summary>Answers 200 and waits for the ACK.</summary>
    public async Task<PeerMessage> AnswerAndConfirm(TimeSpan within, string? sdp = null)
    {
        await Answer(sdp);
        try
        {
            return await Acknowledged.WaitAsync(within);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Phone.Identity.User}: no ACK to the 200 within {within.TotalSeconds} s");
        }
    }

    public async Task Reject(int status, string reason)
    {
        _answered = true;
        await Phone.Respond(Invite, status, reason, LocalTag);
        Finish(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    internal override async Task OnRequest(PeerMessage request)
    {
        if (request.Method == "ACK" && request.CSeqNumber == Invite.CSeqNumber)
        {
            RemoteSdp = request.Body.Length > 0 ? request.Body : RemoteSdp;
            _acknowledged.TrySetResult(request);
        }

        await base.OnRequest(request);
    }

    /// <summary>The other side gave up before the answer.</summary>
    internal async Task OnCancel(PeerMessage cancel)
    {
        await Phone.Respond(cancel, 200, "OK", LocalTag);
        if (!_answered && AnswersTooLate)
        {
            await Answer();
        }
        else if (!_answered)
        {
            _answered = true;
            await Phone.Respond(Invite, 487, "Request Terminated", LocalTag);
            Finish("CANCEL");
        }
    }
}
