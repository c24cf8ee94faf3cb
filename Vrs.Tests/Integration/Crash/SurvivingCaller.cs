using System.Globalization;
using Vrs.Bench.Headless;

namespace Vrs.Tests.Integration.Crash;

/// <summary>Calls again and again; each call is hung up by her and by nobody else.</summary>
internal sealed class SurvivingCaller(IReadOnlyList<Uri> doors, string user, string number, CrashBook book)
    : Survivor(doors, user, book)
{
    private const int BeatsAfterRefusal = 20;

    private PeerCall? _call;
    private IncomingCall? _moved;
    private string? _relay;
    private bool _wasConnected;
    private bool _hangingUp;
    private int _beatsConnected;
    private int _beatsWanted;
    private int _beatsToWait;

    public override bool IsAtRest => base.IsAtRest && _call is null;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{base.ToString()}, call {_relay}: {_call}, established {_call?.IsEstablished}, "
        + $"over {_call?.Ended.IsCompleted}, moved {_moved?.IsEstablished}, waits {_beatsToWait}");

    protected override async Task Step()
    {
        await Move();
        if (_beatsToWait-- > 0)
        {
            return;
        }

        if (_call is null)
        {
            if (Book.MayCall)
            {
                await Place();
            }

            return;
        }

        _relay = _call.RelayCall ?? _relay;
        if (_relay is not null)
        {
            Book.Began(_relay);
        }

        if (_call.IsEstablished)
        {
            _wasConnected = true;
            if (++_beatsConnected >= _beatsWanted || !Book.MayCall)
            {
                await HangUp();
            }
        }
        else if (_call.Ended.IsCompleted)
        {
            await GoOn(await _call.Ended);
        }
    }

    /// <summary>
    /// Her interpreter was lost, and another takes over: her device is called, and the old dialog ends when the new one
    /// stands.
    /// </summary>
    private async Task Move()
    {
        foreach (var call in Phone.Incoming.Items.Where(call => !call.IsEstablished && !call.Ended.IsCompleted))
        {
            if (_call is { IsEstablished: true })
            {
                await call.Answer();
                _moved = call;
            }
            else
            {
                await call.Reject(481, "Call/Transaction Does Not Exist");
            }
        }

        if (_moved is { IsEstablished: true } moved
            && (moved.Acknowledged.IsCompleted || _call is { Ended.IsCompleted: true }))
        {
            (_call, _moved) = (moved, null);
        }
    }

    private async Task Place()
    {
        (_relay, _moved, _wasConnected, _hangingUp, _beatsConnected) = (null, null, false, false, 0);
        _beatsWanted = Book.Between(0, 60);
        _call = await Phone.Call(number, Sdp.VideoOffer());
        Book.Placed();
    }

    private async Task HangUp()
    {
        _hangingUp = true;
        await _call!.HangUp();
        _call = null;
        Book.Completed();
    }

    /// <summary>The call is over without her doing, or the INVITE was lost with the connection.</summary>
    private async Task GoOn(string how)
    {
        if (how == "503" && _call!.RelayCall is null)
        {
            // The service said that it takes no calls at the moment; a place in line is asked for again.
            Book.Refused();
            _beatsToWait = BeatsAfterRefusal;
            if (_relay is null)
            {
                _call = null;
                return;
            }

            how = "socket lost";
        }

        if (how == "socket lost" && _relay is not null)
        {
            _call = await Phone.Call(number, Sdp.VideoOffer(), ("Vrs-Call", _relay));
            return;
        }

        // A server that drains says so; whoever has no place in line yet calls again, as she was told.
        var isToldToCallAgain = how == "503" && _relay is null;
        if (how != "socket lost" && !isToldToCallAgain && !_hangingUp)
        {
            Book.Lost($"{User}: call {_relay} was {(_wasConnected ? "cut" : "ended in line")} by {how}");
        }

        _call = null;
    }
}
