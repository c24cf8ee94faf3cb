using System.Net.WebSockets;
using Vrs.Bench.Headless;

namespace Vrs.Tests.Callflows;

/// <summary>
/// One person of a story with a real device and a real page: consoles and callers' pages answer by themselves, phones
/// ring. What the device and the page see becomes lines of the story.
/// </summary>
internal sealed class WebSocketActor : IAsyncDisposable
{
    private readonly HashSet<string> _queuedShown = [];

    /// <summary>A subscription that is renewed brings an open offer again; a page shows it once.</summary>
    private readonly HashSet<(string Call, long Offer)> _offersShown = [];
    private readonly CancellationTokenSource _over = new();
    private readonly Task _behaving;
    private int _wireSeen;
    private int _offersSeen;
    private int _withdrawalsSeen;

    public WebSocketActor(string name, HeadlessPhone phone, HeadlessConsole page)
    {
        Name = name;
        Phone = phone;
        Page = page;
        _behaving = Behave();
    }

    public string Name { get; }

    public HeadlessPhone Phone { get; }

    public HeadlessConsole Page { get; }

    /// <summary>Her device, as registrations name it (RFC 5626 section 4.1).</summary>
    public string Device => $"<{Phone.Identity.Instance}>";

    /// <summary>Her device answers no INVITE but with 480.</summary>
    public bool Refuses { get; set; }

    /// <summary>Her device answers as it is cancelled, and not before.</summary>
    public bool AnswersTooLate { get; set; }

    /// <summary>Her device has no connection; what her page is told meanwhile is not part of the story.</summary>
    public bool IsDown { get; set; }

    /// <summary>The calls she placed, in order.</summary>
    public List<OutgoingCall> Placed { get; } = [];

    /// <summary>The offer on her console that was neither answered nor withdrawn, or null.</summary>
    public OfferNews? OpenOffer => Page.Offers.Items.LastOrDefault(offer =>
        !Page.Withdrawals.Items.Any(gone => gone.Call == offer.Call && gone.Offer == offer.Offer));

    /// <summary>The latest she was told of a call.</summary>
    public CallNews? NewsOf(string? call) => Page.Calls.Items.Where(n => n.Call == call).MaxBy(n => n.Version);

    /// <summary>The latest she was told of any call.</summary>
    public CallNews? LatestCall => Page.Calls.Items is [.., var last] ? NewsOf(last.Call) : null;

    /// <summary>Her status, if she is an interpreter and was told one.</summary>
    public string? Status => LatestStatus?.Status;

    /// <summary>The latest she was told of herself.</summary>
    public InterpreterNews? LatestStatus => Page.Statuses.Items.MaxBy(n => n.Version);

    /// <summary>Whether her page was told that her device can take calls.</summary>
    public bool IsReady => LatestStatus?.ConsoleReady == true;

    /// <summary>Adds what happened since the last time.</summary>
    public void Tell(StoryLines lines)
    {
        var wire = Phone.Wire.Since(_wireSeen);
        var offers = Page.Offers.Since(_offersSeen);
        var withdrawals = Page.Withdrawals.Since(_withdrawalsSeen);
        (_wireSeen, _offersSeen) = (_wireSeen + wire.Count, _offersSeen + offers.Count);
        _withdrawalsSeen += withdrawals.Count;
        var all = wire.Select(line => (line.At, Text: Describe(line.Item), line.Item.Sent))
            .Concat(offers.Where(offer => !IsDown && _offersShown.Add((offer.Item.Call, offer.Item.Offer)))
                .Select(offer => (offer.At, Text: (string?)"offer", Sent: false)))
            .Concat(withdrawals.Where(gone => !IsDown && gone.Item.Reason != "served")
                .Select(gone => (gone.At, Text: DescribeWithdrawal(gone.Item), Sent: false)));
        foreach (var (_, text, sent) in all.Where(one => one.Text is not null).OrderBy(one => one.At))
        {
            if (sent)
            {
                lines.FromDevice(Name, text!);
            }
            else
            {
                lines.ToDevice(Name, text!);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _behaving;
        await Page.DisposeAsync();
        await Phone.DisposeAsync();
        _over.Dispose();
    }

    /// <summary>Names of states are words in JSON and in stories; only the first letter differs.</summary>
    public static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static string? DescribeWithdrawal(WithdrawalNews gone) => $"offer withdrawn: {Capital(gone.Reason)}";

    private static string? DescribeRequest(PeerMessage request, bool sent) => request.Method switch
    {
        "INVITE" when request.ToTag.Length > 0 => Sdp.IsHeld(request.Body) ? "INVITE hold" : "INVITE resume",
        "INVITE" when !sent => $"INVITE {Capital(request["Vrs-Leg"] ?? "?")}" +
            (request["Vrs-Takes-Over"] is null ? "" : " taking over"),
        "INVITE" when request["Vrs-Call"] is not null && !IsDialOut(request) => "INVITE with her place",
        "INVITE" => $"INVITE {UserOf(request)}",
        "BYE" or "CANCEL" => request.Method,
        _ => null,
    };

    // A caller offers video, and an interpreter who dials offers audio.
    private static bool IsDialOut(PeerMessage invite) => !invite.Body.Contains("m=video", StringComparison.Ordinal);

    private static string UserOf(PeerMessage request) => request.RequestUri["sip:".Length..].Split('@')[0];

    private string? Describe(WireLine line)
    {
        var message = line.Message;
        if (message.Method is not null)
        {
            return DescribeRequest(message, line.Sent);
        }

        var isShown = message.CSeqMethod == "INVITE"
            && message.Status > 100
            && !(line.Sent && message.Status == 487)
            && (message.Status != 182 || _queuedShown.Add(message.Branch));
        return isShown ? StoryLines.Status(message.Status) : null;
    }

    private async Task Behave()
    {
        for (var seen = 0; ; seen++)
        {
            try
            {
                var call = await Phone.NextCall(Timeout.InfiniteTimeSpan, seen).WaitAsync(_over.Token);
                await AnswerByItself(call);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (WebSocketException)
            {
                // The story cut the connection just now; the next call comes on the next one.
                IsDown = true;
            }
        }
    }

    private Task AnswerByItself(IncomingCall call)
    {
        call.AnswersTooLate = AnswersTooLate;
        return Refuses ? call.Reject(480, "Temporarily Unavailable")
            : call.Invite["Vrs-Leg"] is "callee" or "caller" && call.TakesOver is null && !IsInCallOf(call)
                ? call.Ring()
                : call.Answer();
    }

    // Who talks in the call takes one more leg by herself.
    private bool IsInCallOf(IncomingCall call) => Placed.Cast<PeerCall>().Concat(Phone.Incoming.Items)
        .Any(other => other != call && other.IsEstablished && other.RelayCall == call.RelayCall);
}
