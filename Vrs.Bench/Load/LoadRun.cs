using System.Diagnostics;
using System.Threading.Channels;
using Vrs.Bench.Headless;

namespace Vrs.Bench.Load;

/// <summary>Places calls at a steady rate, whatever the server does, and watches each to its end.</summary>
/// <param name="options">How many calls, and how fast.</param>
/// <param name="fleet">The devices.</param>
/// <param name="faults">Where broken rules of SIP are counted.</param>
/// <param name="mix">What becomes of which call; <see cref="CallMix"/>.</param>
internal sealed class LoadRun(LoadOptions options, Fleet fleet, LoadReport faults, Func<int, CallKind> mix)
{
    private readonly LoadBook _book = new(faults);
    private readonly Channel<HeadlessPhone> _idleCallers = Channel.CreateUnbounded<HeadlessPhone>();
    private readonly Channel<(HeadlessPhone Device, string Number)> _idlePhones =
        Channel.CreateUnbounded<(HeadlessPhone Device, string Number)>();

    /// <summary>Runs to the end of the last call.</summary>
    /// <param name="place">Places the calls, by <see cref="PlaceCalls"/>, while everybody else is at work.</param>
    public async Task Run(Func<LoadRun, Task> place)
    {
        using var stop = new CancellationTokenSource();
        var staff = fleet.Interpreters.Zip(
            fleet.Consoles, (phone, console) => new Interpreter(phone, console, _book, fleet));
        var atWork = new List<Task>();
        foreach (var interpreter in staff)
        {
            await interpreter.Start();
            atWork.Add(interpreter.Work(stop.Token));
        }

        foreach (var phone in fleet.Phones)
        {
            atWork.Add(PickUp(phone.Device, stop.Token));
            _idlePhones.Writer.TryWrite(phone);
        }

        fleet.Callers.ForEach(caller => _idleCallers.Writer.TryWrite(caller));
        await place(this);
        await stop.CancelAsync();
        await Task.WhenAll(atWork.Select(Stopped));
        foreach (var device in fleet.Devices)
        {
            faults.CountFaults(device);
        }
    }

    /// <summary>Places calls at the rate, for the duration, and waits for the last one's end.</summary>
    /// <param name="report">Where they are counted.</param>
    /// <param name="ended">Told of each that has ended.</param>
    public async Task PlaceCalls(LoadReport report, Action ended)
    {
        var calls = new List<Task>();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < options.CallCount; i++)
        {
            var early = TimeSpan.FromSeconds(i / options.Rate) - Stopwatch.GetElapsedTime(start);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early);
            }

            report.CountPlaced();
            calls.RemoveAll(call => call.IsCompletedSuccessfully);
            calls.Add(PlaceCall(mix(i), report, ended));
        }

        await Task.WhenAll(calls);
    }

    private static async Task PickUp(HeadlessPhone phone, CancellationToken stop)
    {
        for (var seen = 0; !stop.IsCancellationRequested; seen++)
        {
            var call = await phone.NextCall(Timeout.InfiniteTimeSpan, seen).WaitAsync(stop);
            await call.Ring();
            await call.Answer();
        }
    }

    private static async Task Stopped(Task work)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
            // Told to stop: the ordinary end of a shift.
            return;
        }
    }

    private async Task PlaceCall(CallKind kind, LoadReport report, Action ended)
    {
        if (!_idleCallers.Reader.TryRead(out var caller))
        {
            report.CountFailure("the generator had no idle caller; raise --callers");
            return;
        }

        if (!_idlePhones.Reader.TryRead(out var phone))
        {
            _idleCallers.Writer.TryWrite(caller);
            report.CountFailure("the generator had no idle phone; raise --phones");
            return;
        }

        try
        {
            await fleet.KeepFresh(caller);
            await fleet.KeepFresh(phone.Device);
            await (kind == CallKind.GivenUp
                ? GiveUp(caller, phone.Number)
                : Converse(caller, phone.Device, phone.Number, kind, report));
            report.CountCompleted();
        }
        catch (Exception fault) when (fault is TimeoutException or CallRefusedException or LoadFailure)
        {
            // What was seen so far differs from call to call; the reason is what comes before it.
            report.CountFailure(fault.Message.Split("; seen:")[0].Replace(caller.Identity.User, "caller"));
        }
        finally
        {
            _idleCallers.Writer.TryWrite(caller);
            _idlePhones.Writer.TryWrite(phone);
            ended();
        }
    }

    private async Task Converse(
        HeadlessPhone caller, HeadlessPhone phone, string number, CallKind kind, LoadReport report)
    {
        var invited = Stopwatch.GetTimestamp();
        var call = await caller.Call(number, Sdp.VideoOffer());
        await call.Answered(LoadOptions.Patience);
        var times = _book.Of(call.RelayCall ?? throw new LoadFailure("the server named no call in Vrs-Call"));
        report.InviteToOffer.Add(invited, times.Offered);
        report.AcceptToAnswer.Add(times.Accepted, call.AnsweredAt);

        await times.Relaying.WaitAsync(LoadOptions.Patience);
        report.DialToRelay.Add(times.Dialed, times.Relayed);
        await Task.Delay(options.Hold);
        var dropped = kind switch
        {
            CallKind.CallerDrops => caller,
            CallKind.InterpreterDrops => times.InterpreterDevice,
            CallKind.PhoneDrops => phone,
            _ => null,
        };
        if (dropped is not null)
        {
            await Fleet.DropAndReturn(dropped);
        }

        await HangUp(call);
        await times.Released.WaitAsync(LoadOptions.Patience);
    }

    /// <summary>The answer may cross with the CANCEL; then there is a call to hang up (RFC 3261 section 9.1).</summary>
    private async Task GiveUp(HeadlessPhone caller, string number)
    {
        var call = await caller.Call(number, Sdp.VideoOffer());
        await call.Responses.First("the call's name", r => r["Vrs-Call"] is not null, LoadOptions.Patience);
        _book.Of(call.RelayCall!).MarkGivenUp();
        await call.Cancel();
        if ((await call.Final(LoadOptions.Patience)).Status < 300)
        {
            await HangUp(call);
        }
    }

    private static async Task HangUp(OutgoingCall call)
    {
        var bye = await call.HangUp();
        if (bye.Status != 200)
        {
            throw new LoadFailure($"BYE answered {bye.StartLine}");
        }
    }
}
