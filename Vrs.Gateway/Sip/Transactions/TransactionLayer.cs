using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Transactions;

/// <summary>
/// The transactions of one flow: matches messages to them and keeps their timers (RFC 3261 section 17). Not
/// thread-safe: used on the flow's loop only.
/// </summary>
public sealed class TransactionLayer(
    ITransactionTransport transport,
    IFlowScheduler scheduler,
    ISipIdentifiers identifiers,
    TransactionOptions? options = null,
    SipTimers? timers = null)
{
    private readonly Dictionary<TransactionKey, ServerTransaction> _servers = [];
    private readonly Dictionary<TransactionKey, ClientTransaction> _clients = [];
    private ITransactionUser? _user;
    private Func<SipRequest, SipResponse?> _check = _ => null;
    private bool _closed;

    /// <summary>How long timers run on this transport.</summary>
    public SipTimers Timers { get; } = timers ?? new SipTimers(transport.IsReliable);

    /// <summary>Server and client transactions that are not over.</summary>
    public int Count => _servers.Count + _clients.Count;

    internal ITransactionTransport Transport => transport;

    internal IFlowScheduler Scheduler => scheduler;

    internal TransactionOptions Options { get; } = options ?? TransactionOptions.Default;

    internal ITransactionUser User => _user ?? throw new InvalidOperationException("The layer has no user yet.");

    /// <summary>Says who is above, and what every new request must pass before it gets there.</summary>
    /// <param name="user">Gets the requests.</param>
    /// <param name="check">The response that refuses a request, or null.</param>
    public void Attach(ITransactionUser user, Func<SipRequest, SipResponse?>? check = null)
    {
        _user = user;
        _check = check ?? _check;
    }

    /// <summary>Takes a message from the flow.</summary>
    public void Receive(SipMessage message)
    {
        if (_closed)
        {
            return;
        }

        switch (message)
        {
            case SipRequest request:
                ReceiveRequest(request);
                break;
            case SipResponse response:
                ReceiveResponse(response);
                break;
        }
    }

    /// <summary>Sends a request other than ACK and CANCEL; adds our Via with a new branch.</summary>
    /// <param name="request">Without Via.</param>
    /// <param name="handler">Gets the responses; null when nobody cares.</param>
    /// <param name="timeout">
    /// Longest wait for the final response. When it is over an INVITE is cancelled and ends with a local 408 (or the
    /// 2xx that crossed the CANCEL); any other request ends with a local 408 at once. Null leaves it to timers B and
    /// F.
    /// </param>
    public ClientTransaction Send(SipRequest request, IResponseHandler? handler, TimeSpan? timeout = null)
    {
        Stamp(request);
        var transaction = Start(request, handler);
        if (timeout is { } limit && transaction.State != TransactionState.Terminated)
        {
            transaction.LimitTo(limit);
        }

        return transaction;
    }

    /// <summary>
    /// Sends the ACK to a 2xx, which is a transaction of its own without a response (section 13.2.2.4).
    /// </summary>
    public void SendAck(SipRequest ack)
    {
        Stamp(ack);
        transport.Send(ack);
    }

    /// <summary>
    /// The flow is gone: every pending request of ours gets its local 503, everything else is forgotten.
    /// </summary>
    public void Close()
    {
        _closed = true;
        foreach (var transaction in _servers.Values.ToArray())
        {
            transaction.Drop();
        }

        foreach (var transaction in _clients.Values.ToArray())
        {
            transaction.Fire(TransactionTrigger.TransportError);
            transaction.Drop();
        }
    }

    internal void SendCancel(SipRequest invite, string? reason)
    {
        // Section 9.1: everything as in the INVITE but the method; same branch, so that it is matched.
        var cancel = new SipRequest
        {
            Method = SipMethod.Cancel,
            RequestUri = invite.RequestUri,
            Vias = [invite.Vias[0]],
            From = invite.From,
            To = invite.To,
            CallId = invite.CallId,
            CSeq = new CSeq(invite.CSeq.Number, SipMethod.Cancel),
        };
        CopyRoute(invite, cancel);
        if (reason is not null)
        {
            cancel.Headers.Add(HeaderNames.Reason, reason);
        }

        Start(cancel, null);
    }

    internal static void CopyRoute(SipRequest from, SipRequest to)
    {
        foreach (var header in from.Headers)
        {
            if (header.Name is HeaderNames.Route or HeaderNames.MaxForwards)
            {
                to.Headers.Add(header.Name, header.Value);
            }
        }
    }

    internal void Remove(Transaction transaction)
    {
        if (transaction is ServerTransaction)
        {
            _servers.Remove(transaction.Key);
        }
        else
        {
            _clients.Remove(transaction.Key);
        }
    }

    private ClientTransaction Start(SipRequest request, IResponseHandler? handler)
    {
        var via = request.Vias[0];
        var key = new TransactionKey(via.Branch!, via.SentBy.ToLowerInvariant(), request.Method);
        var transaction = new ClientTransaction(this, key, request, handler);
        _clients.Add(key, transaction);
        transaction.Start();
        return transaction;
    }

    private void Stamp(SipRequest request)
    {
        if (!request.Vias.IsEmpty)
        {
            throw new InvalidOperationException("The request was sent before; build a new one.");
        }

        var branch = Via.MagicCookie + identifiers.Next();
        request.Vias =
            [new Via(transport.ViaTransport, transport.ViaHost, null, SipParameters.Empty.With("branch", branch))];
    }

    private void ReceiveResponse(SipResponse response)
    {
        // Sections 8.1.3.3 and 18.1.2: more than our own Via, or not ours: it was not for us.
        if (response.Vias.Length != 1)
        {
            return;
        }

        if (_clients.TryGetValue(TransactionKey.OfResponse(response), out var transaction))
        {
            transaction.Receive(response);
        }
        else if (response.CSeq.Method == SipMethod.Invite && response.IsSuccess)
        {
            User.OnAnsweredElsewhere(response);
        }
    }

    private void ReceiveRequest(SipRequest request)
    {
        var key = TransactionKey.OfRequest(request);
        var known = _servers.GetValueOrDefault(key);
        if (request.Method == SipMethod.Ack)
        {
            ReceiveAck(known, request);
        }
        else if (known is not null)
        {
            known.Fire(TransactionTrigger.Retransmission);
        }
        else if (_servers.Count >= Options.MaxServerTransactions)
        {
            var refusal = SipResponse.For(request, SipStatus.ServiceUnavailable);
            refusal.Headers.Add(HeaderNames.RetryAfter, 1);
            transport.Send(refusal);
        }
        else
        {
            var transaction = new ServerTransaction(this, key, request);
            _servers.Add(key, transaction);
            Dispatch(transaction, request);
        }
    }

    private void ReceiveAck(ServerTransaction? known, SipRequest ack)
    {
        if (known is null)
        {
            User.OnAck(ack);
        }
        else
        {
            known.Acknowledge(ack);
        }
    }

    private void Dispatch(ServerTransaction transaction, SipRequest request)
    {
        try
        {
            if (request.Method == SipMethod.Cancel)
            {
                Cancel(transaction, request);
            }
            else if ((IsMerged(transaction)
                ? SipResponse.For(request, SipStatus.LoopDetected)
                : _check(request)) is { } refusal)
            {
                transaction.Respond(refusal);
            }
            else
            {
                User.OnRequest(transaction, request);
            }
        }
        catch
        {
            // A programmer's mistake ends the turn (the flow logs it); the peer is told that it was ours.
            transaction.Respond(SipStatus.ServerInternalError);
            throw;
        }

        // Section 17.2.1: 100 unless something is sent within 200 ms; who takes longer than this turn may take that
        // long.
        if (transaction.IsInvite && transaction.LastResponse is null)
        {
            transaction.Respond(SipStatus.Trying);
        }
    }

    private void Cancel(ServerTransaction transaction, SipRequest cancel)
    {
        if (!_servers.TryGetValue(TransactionKey.OfCancelled(cancel), out var invite))
        {
            transaction.Respond(SipStatus.CallDoesNotExist);
            return;
        }

        // Section 9.2: the To tag of the CANCEL's response should be that of the INVITE's.
        transaction.Respond(SipResponse.For(cancel, SipStatus.Ok, invite.LastResponse?.To.Tag));
        if (!invite.IsAnswered)
        {
            User.OnCancelled(invite, cancel);
        }
    }

    // Section 8.2.2.2: the same request on two paths.
    private bool IsMerged(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.To.Tag is not null || _servers.Count == 1)
        {
            return false;
        }

        foreach (var other in _servers.Values)
        {
            if (other != transaction
                && other.Request.CSeq == request.CSeq
                && string.Equals(other.Request.CallId, request.CallId, StringComparison.Ordinal)
                && string.Equals(other.Request.From.Tag, request.From.Tag, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
