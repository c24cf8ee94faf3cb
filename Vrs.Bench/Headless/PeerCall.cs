namespace Vrs.Bench.Headless;

/// <summary>One dialog of a headless device, from its first INVITE to its end.</summary>
public abstract class PeerCall
{
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private uint _localCSeq;

    private protected PeerCall(HeadlessPhone phone, PeerMessage invite, string localTag, uint localCSeq)
    {
        Phone = phone;
        Invite = invite;
        LocalTag = localTag;
        _localCSeq = localCSeq;
    }

    /// <summary>The INVITE that began it.</summary>
    public PeerMessage Invite { get; }

    public HeadlessPhone Phone { get; }

    public string CallId => Invite.CallId;

    public string LocalTag { get; }

    public string RemoteTag { get; private protected set; } = "";

    /// <summary>From or To of this side, without the tag.</summary>
    public string LocalAddress { get; private protected init; } = "";

    public string RemoteAddress { get; private protected init; } = "";

    /// <summary>Where requests of this dialog are addressed: the other side's Contact.</summary>
    public string RemoteTarget { get; private protected set; } = "";

    /// <summary>The relay call this dialog is a leg of, as the server said in <c>Vrs-Call</c>.</summary>
    public string? RelayCall { get; private protected set; }

    /// <summary>The session description of the other side, once known.</summary>
    public string RemoteSdp { get; private protected set; } = "";

    public bool IsEstablished { get; private protected set; }

    /// <summary>This side hangs up, too, as the BYE of the other side comes: the two cross.</summary>
    public bool HangsUpToo { get; set; }

    /// <summary>This side offers a hold as the next offer of the other side comes: glare.</summary>
    public bool HoldsToo { get; set; }

    /// <summary>Requests the other side sent in this dialog.</summary>
    public History<PeerMessage> Requests { get; } = new();

    /// <summary>
    /// Completes with how it ended: a method ("BYE", "CANCEL"), a status ("486"), or "hung up" by this side.
    /// </summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Waits for the end; see <see cref="Ended"/>.</summary>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public async Task<string> EndsWithin(TimeSpan deadline)
    {
        try
        {
            return await Ended.WaitAsync(deadline);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"{Phone.Identity.User}'s call {CallId} did not end within {deadline.TotalSeconds} s.");
        }
    }

    /// <summary>Sends BYE and waits for its response.</summary>
    public async Task<PeerMessage> HangUp()
    {
        var response = await Request("BYE");
        Finish("hung up");
        return response;
    }

    /// <summary>Puts the other side on hold, or takes it back, with the media this dialog has.</summary>
    public Task<PeerMessage> Hold(bool held) =>
        Request("INVITE", "application/sdp", held ? Sdp.Held(OwnOffer()) : OwnOffer());

    /// <summary>Sends a request in the dialog and waits for its final response.</summary>
    public async Task<PeerMessage> Request(string method, string? contentType = null, string body = "")
    {
        var request = NextInDialog(method);
        if (contentType is not null)
        {
            request.With(contentType, body);
        }

        var response = await (await Phone.Begin(request)).Final(HeadlessPhone.PatienceForReplies);
        if (method == "INVITE" && response.Status < 300)
        {
            await Phone.SendMessage(InDialog("ACK", request.CSeqNumber));
        }

        return response;
    }

    /// <summary>
    /// Says that the call that takes over from this one shows, as a page does; no answer is waited for.
    /// </summary>
    internal Task TellSuccessorShown() => Phone.Begin(NextInDialog("INFO").Add("Vrs-Successor-Shown", "yes"));

    public override string ToString() => $"{GetType().Name} {CallId} of {Phone.Identity.User}";

    internal void Finish(string how)
    {
        IsEstablished = false;
        _ended.TrySetResult(how);
        Phone.Forget(this);
    }

    /// <summary>A request of the other side in this dialog; answered as JsSIP does.</summary>
    internal virtual async Task OnRequest(PeerMessage request)
    {
        Requests.Add(request);
        switch (request.Method)
        {
            case "ACK":
                break;
            case "BYE":
                if (HangsUpToo)
                {
                    await Phone.Begin(NextInDialog("BYE"));
                }

                await Phone.Respond(request, 200, "OK", LocalTag);
                Finish("BYE");
                break;
            case "INVITE" when HoldsToo:
                HoldsToo = false;
                await Phone.Begin(NextInDialog("INVITE").With("application/sdp", Sdp.Held(OwnOffer())));
                await Phone.Respond(request, 491, "Request Pending", LocalTag);
                break;
            case "INVITE":
                await Phone.SendMessage(PeerMessage.Response(request, 200, "OK", LocalTag)
                    .Add("Contact", $"<{Phone.Identity.ContactUri}>")
                    .With("application/sdp", request.Body.Length == 0 ? Sdp.VideoOffer() : Sdp.Answer(request.Body)));
                break;
            case "UPDATE" or "INFO" or "OPTIONS":
                await Phone.Respond(request, 200, "OK", LocalTag);
                break;
            default:
                await Phone.Respond(request, 405, "Method Not Allowed", LocalTag);
                break;
        }
    }

    private string OwnOffer() =>
        RemoteSdp.Contains("m=video", StringComparison.Ordinal) ? Sdp.VideoOffer() : Sdp.AudioOffer();

    private PeerMessage NextInDialog(string method)
    {
        var request = InDialog(method, Interlocked.Increment(ref _localCSeq));
        return method is "INVITE" or "UPDATE"
            ? request.Add("Contact", $"<{Phone.Identity.ContactUri};ob>")
            : request;
    }

    private protected PeerMessage InDialog(string method, uint cseq) => Phone.NewRequest(
        method,
        RemoteTarget,
        $"{LocalAddress};tag={LocalTag}",
        RemoteTag.Length > 0 ? $"{RemoteAddress};tag={RemoteTag}" : RemoteAddress,
        CallId,
        cseq);
}
