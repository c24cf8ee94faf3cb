using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Effects;

namespace Vrs.Grains.Calls;

/// <summary>
/// Passes requests inside a dialog (re-INVITE, UPDATE, INFO) to the bridged leg and their responses back. Nothing of it
/// is state: a message lost in a crash is the sender's to repeat (RFC 3261 section 14).
/// </summary>
internal sealed class CallRelay
{
    /// <summary>More than this at once and requests are answered 503.</summary>
    private const int MaxWaiting = 64;

    private readonly IGrainFactory _grains;
    private readonly Func<CallState> _state;
    private readonly ILogger _log;
    private readonly Queue<(Leg Leg, LegCommand Command)> _waiting = new();
    private readonly IGrainTimer _timer;
    private bool _running;

    public CallRelay(
        IGrainFactory grains,
        Func<Func<CancellationToken, Task>, IGrainTimer> timer,
        Func<CallState> state,
        ILogger log)
    {
        _grains = grains;
        _state = state;
        _log = log;
        _timer = timer(_ => Run());
    }

    /// <summary>Sends the request on the bridged leg; answers it at once when nobody is there.</summary>
    public void Pass(Leg from, LegRequest request)
    {
        var state = _state();
        var peer = state.FindLeg(PeerOf(from.Role), from.Colleague);
        if (_waiting.Count >= MaxWaiting)
        {
            Enqueue(from, Answer(state, from, request.Number, 503));
        }
        else if (peer is { State: LegState.Established or LegState.Interrupted, Dialog: { } dialog })
        {
            Enqueue(peer, new ForwardRequest(
                new LegRef(state.Call, peer.Number),
                Sequence: 0,
                state.Session,
                from.Number,
                request.Number,
                request.Method,
                request.Body,
                dialog));
        }
        else
        {
            // 491 asks the sender to try again soon (RFC 3261 section 14.1).
            Enqueue(from, Answer(state, from, request.Number, 491));
        }
    }

    /// <summary>Takes the response back to the leg the request came from, if that still lives.</summary>
    public void Return(LegResponse response)
    {
        var state = _state();
        if (state.FindLeg(response.RequestLeg) is { } leg)
        {
            Enqueue(leg, Answer(state, leg, response.Number, response.Status, response.Body));
        }
    }

    private static LegRole PeerOf(LegRole role) => role switch
    {
        LegRole.Caller => LegRole.InterpreterToCaller,
        LegRole.InterpreterToCaller => LegRole.Caller,
        LegRole.InterpreterToCallee => LegRole.Callee,
        _ => LegRole.InterpreterToCallee,
    };

    private static ForwardResponse Answer(CallState state, Leg leg, long number, int status, BodyText? body = null) =>
        new(new LegRef(state.Call, leg.Number), Sequence: 0, state.Session, number, status, body);

    private void Enqueue(Leg leg, LegCommand command)
    {
        _waiting.Enqueue((leg, command));
        if (!_running)
        {
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task Run()
    {
        if (_running)
        {
            return;
        }

        _running = true;
        try
        {
            while (_waiting.TryDequeue(out var next))
            {
                await Deliver(next.Leg, next.Command);
            }
        }
        finally
        {
            _running = false;
        }
    }

    private async Task Deliver(Leg leg, LegCommand command)
    {
        try
        {
            var refusal = await _grains.GetGrain<IRegistrationGrain>(leg.User.Value).Deliver(leg.Device, command);
            if (refusal is not null
                && command is ForwardRequest request
                && _state().FindLeg(request.RequestLeg) is { } from)
            {
                Enqueue(from, Answer(_state(), from, request.Number, 480));
            }
        }
        catch (Exception exception)
        {
            OutboxLog.TellingFailed(_log, exception);
        }
    }
}
