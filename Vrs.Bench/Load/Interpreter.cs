using System.Diagnostics;
using Vrs.Bench.Headless;

namespace Vrs.Bench.Load;

/// <summary>
/// An interpreter at work: takes every offer, dials the number, waits for the end, and is available again at once.
/// </summary>
internal sealed class Interpreter(HeadlessPhone phone, HeadlessConsole console, LoadBook book, Fleet fleet)
{
    private int _seen;
    private (string Call, long Offer)? _last;

    public async Task Start()
    {
        await Expect("sign in", console.SignIn());
        await console.Statuses.First("console ready", n => n.ConsoleReady, LoadOptions.Patience);
        await Expect("go available", console.GoAvailable());
    }

    /// <summary>Works until told to stop.</summary>
    public async Task Work(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var offer = await NextOffer(stop);
            var times = book.Of(offer.Call);
            times.Offered = Stopwatch.GetTimestamp();
            try
            {
                var serving = Serve(offer, times);
                if (await Task.WhenAny(serving, times.GivenUp) == serving && !times.GivenUp.IsCompleted)
                {
                    await serving;
                    times.MarkReleased();
                }
            }
            catch (Exception fault) when (fault is TimeoutException or CallRefusedException or LoadFailure)
            {
                times.Fail(fault);
            }

            await fleet.KeepFresh(phone);
            await BeAvailableAgain();
        }
    }

    // A page whose subscription is renewed is shown an open offer again.
    private async Task<OfferNews> NextOffer(CancellationToken stop)
    {
        while (true)
        {
            var next = console.Offers.First("an offer", _ => true, Timeout.InfiniteTimeSpan, _seen);
            var offer = await next.WaitAsync(stop);
            _seen++;
            if (NumberOf(offer) != _last)
            {
                _last = NumberOf(offer);
                return offer;
            }
        }
    }

    private static (string Call, long Offer) NumberOf(OfferNews offer) => (offer.Call, offer.Offer);

    private static async Task Expect(string what, Task<HubRefusal?> asked)
    {
        if (await asked is { } refusal)
        {
            throw new LoadFailure($"{what} refused: {refusal.Reason}");
        }
    }

    private async Task Serve(OfferNews offer, CallTimes times)
    {
        times.Accepted = Stopwatch.GetTimestamp();
        times.InterpreterDevice = phone;
        var seen = phone.Incoming.Count;
        await Expect("accept", console.Accept(offer));
        var leg = await phone.Incoming.First(
            "the leg of the call", leg => leg.RelayCall == offer.Call, LoadOptions.Patience, seen);
        await leg.AnswerAndConfirm(LoadOptions.Patience);
        if (times.GivenUp.IsCompleted)
        {
            return;
        }

        times.Dialed = Stopwatch.GetTimestamp();
        var dial = await phone.Call(offer.DialedNumber, Sdp.AudioOffer(), ("Vrs-Call", offer.Call));
        await dial.Answered(LoadOptions.Patience);
        times.MarkRelaying(dial.AnsweredAt);

        await leg.EndsWithin(LoadOptions.Patience);
        await dial.EndsWithin(LoadOptions.Patience);
    }

    private bool IsAskedAgain => console.Offers.Since(_seen).Any(offer => NumberOf(offer.Item) != _last);

    private async Task BeAvailableAgain()
    {
        // Wrap-up may be announced a moment after the last BYE; asking to be available before that is refused. So it is
        // once she is asked for her next call, which comes by itself where there is no wrap-up. A caller whose
        // connection is lost at the end of a call is waited for up to 20 s.
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (await console.GoAvailable() is null || IsAskedAgain)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        book.Report.Faults.AddOrUpdate("interpreter is not let go after a call", 1, (_, n) => n + 1);
    }
}

/// <summary>Something in a load run did not go as it should; the message is the reason that is counted.</summary>
/// <param name="reason">The reason.</param>
internal sealed class LoadFailure(string reason) : Exception(reason);
