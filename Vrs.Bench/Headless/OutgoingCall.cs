using System.Diagnostics;

namespace Vrs.Bench.Headless;

/// <summary>A call this device placed.</summary>
public sealed class OutgoingCall : PeerCall
{
    private readonly PeerExchange _exchange;

    internal OutgoingCall(HeadlessPhone phone, PeerMessage invite, PeerExchange exchange)
        : base(phone, invite, invite.FromTag, invite.CSeqNumber)
    {
        _exchange = exchange;
        LocalAddress = invite["From"]!.Split(";tag=")[0];
        RemoteAddress = invite["To"]!;
        RemoteTarget = invite.RequestUri;
    }

    /// <summary><see cref="Stopwatch"/> time when the 2xx came in; 0 before.</summary>
    public long AnsweredAt { get; private set; }

    /// <summary>The connection is lost as the answer comes: this device never learns of it.</summary>
    public bool LosesItsAnswer { get; set; }

    /// <summary>All responses to the INVITE, in order.</summary>
    public History<PeerMessage> Responses => _exchange.Responses;

    /// <summary>Waits for a response with this status.</summary>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    public Task<PeerMessage> Response(int status, TimeSpan within) =>
        Responses.First($"{Phone.Identity.User}: {status} to INVITE", r => r.Status == status, within);

    /// <summary>Waits for the final response, whatever it is.</summary>
    public Task<PeerMessage> Final(TimeSpan within) => _exchange.Final(within);

    /// <summary>Waits for the answer.</summary>
    /// <exception cref="CallRefusedException">The final response is not a 2xx.</exception>
    public async Task<PeerMessage> Answered(TimeSpan within)
    {
        var final = await Final(within);
        return final.Status < 300 ? final : throw new CallRefusedException(final);
    }

    /// <summary>Gives up the pending call. As JsSIP does, the CANCEL carries no credentials.</summary>
    public async Task<PeerMessage> Cancel()
    {
        var cancel = PeerMessage.Request("CANCEL", Invite.RequestUri)
            .Add("Via", Invite["Via"]!)
            .Add("Max-Forwards", "69")
            .Add("To", Invite["To"]!)
            .Add("From", Invite["From"]!)
            .Add("Call-ID", CallId)
            .Add("CSeq", $"{Invite.CSeqNumber} CANCEL");
        return await (await Phone.Begin(cancel)).Final(HeadlessPhone.PatienceForReplies);
    }

    /// <summary>A response to the INVITE, on the reading loop.</summary>
    internal async Task OnResponse(PeerMessage response)
    {
        RelayCall = response["Vrs-Call"] ?? RelayCall;
        if (LosesItsAnswer && response.Status is >= 200 and < 300)
        {
            Phone.DropSocket();
            return;
        }

        if (response.Status is > 100 and < 300)
        {
            RemoteTag = response.ToTag;
            RemoteTarget = response["Contact"] is { } contact ? PeerMessage.UriOf(contact) : RemoteTarget;
        }

        if (response.Status is >= 200 and < 300)
        {
            AnsweredAt = AnsweredAt == 0 ? Stopwatch.GetTimestamp() : AnsweredAt;
            IsEstablished = true;
            RemoteSdp = response.Body;
            await Phone.SendMessage(InDialog("ACK", Invite.CSeqNumber));
        }
        else if (response.Status >= 300)
        {
            Finish(response.Status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}

/// <summary>A call's final response was not a 2xx.</summary>
/// <param name="response">The response.</param>
public sealed class CallRefusedException(PeerMessage response)
    : Exception($"{response.StartLine} {response["Warning"] ?? response["Reason"]}")
{
    public PeerMessage Response { get; } = response;
}
