using System.Diagnostics;
using System.Threading.Channels;
using Spectre.Console;
using Vrs.Bench.Headless;

namespace Vrs.Bench.Load;

/// <summary>Places calls at a steady rate, whatever the server does, and watches each to its end.</summary>
/// <param name="options">How many calls, and how fast.</param>
/// <param name="fleet">The devices.</param>
/// <param name="faults">Where broken rules of SIP are counted.</param>
internal sealed class LoadRun(LoadOptions options, Fleet fleet, LoadReport faults)
{
    private readonly LoadBook _book = new(faults);
    private readonly Channel<HeadlessPhone> _idleCallers = Channel.CreateUnbounded<HeadlessPhone>();
    private readonly Channel<string> _idleNumbers = Channel.CreateUnbounded<string>();

    /// <summary>Runs to the end of the last call.</summary>
    /// <param name="place">Places the calls, by <see cref="PlaceCalls"/>, while everybody else is at work.</param>
    public async Task Run(Func<LoadRun, Task> place)
    {
        using var stop = new CancellationTokenSource();
        var staff = fleet.Interpreters.Zip(fleet.Consoles, (phone, console) => new Interpreter(phone, console, _book));
        var atWork = new List<Task>();
        foreach (var interpreter in staff)
        {
            await interpreter.Start();
            atWork.Add(interpreter.Work(stop.Token));
        }

        foreach (var (device, number) in fleet.Phones)
        {
            atWork.Add(PickUp(device, stop.Token));
            _idleNumbers.Writer.TryWrite(number);
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
    public async Task PlaceCalls(ProgressTask progress, LoadReport report)
    {
        var calls = new List<Task>(options.CallCount);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < options.CallCount; i++)
        {
            var early = TimeSpan.FromSeconds(i / options.Rate) - Stopwatch.GetElapsedTime(start);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early);
            }

            report.CountPlaced();
            calls.Add(PlaceCall(progress, report));
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

    private async Task PlaceCall(ProgressTask progress, LoadReport report)
    {
        if (!_idleCallers.Reader.TryRead(out var caller))
        {
            report.CountFailure("the generator had no idle caller; raise --callers");
            return;
        }

        if (!_idleNumbers.Reader.TryRead(out var number))
        {
            _idleCallers.Writer.TryWrite(caller);
            report.CountFailure("the generator had no idle phone; raise --phones");
            return;
        }

        try
        {
            await Converse(caller, number, report);
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
            _idleNumbers.Writer.TryWrite(number);
            progress.Increment(1);
        }
    }

    private async Task Converse(HeadlessPhone caller, string number, LoadReport report)
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
        var bye = await call.HangUp();
        if (bye.Status != 200)
        {
            throw new LoadFailure($"BYE answered {bye.StartLine}");
        }

        await times.Released.WaitAsync(LoadOptions.Patience);
    }
}
