using System.Net.WebSockets;
using Microsoft.AspNetCore.SignalR;
using Vrs.Bench.Headless;
using Vrs.Tests.Host;

namespace Vrs.Tests.Integration.Crash;

/// <summary>
/// Somebody with a device and a page who comes back by herself whenever the server is gone, as the real pages do, and
/// goes on with what she did. Her deeds follow from what she sees, so it does not matter when she was interrupted.
/// </summary>
/// <param name="doors">Where the service is reached; when one does not let her in she goes to the next.</param>
/// <param name="user">Her account.</param>
/// <param name="book">What she tells.</param>
internal abstract class Survivor(IReadOnlyList<Uri> doors, string user, CrashBook book)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);
    private const int BeatsAway = 40;
    private static readonly TimeSpan OneAttempt = TimeSpan.FromSeconds(40);

    /// <summary>A little less than an access token holds.</summary>
    private static readonly TimeSpan TokenUse = TimeSpan.FromMinutes(8);

    // People are spread over the doors by the letters of their names.
    private int _door = user.Sum(letter => letter) % doors.Count;
    private SignedIn? _account;
    private long _signedInAt;

    protected string User => user;

    protected CrashBook Book => book;

    /// <summary>Her device; its dialogs outlive its connections.</summary>
    protected HeadlessPhone Phone { get; private set; } = null!;

    /// <summary>Her page, new after each interruption.</summary>
    protected HeadlessConsole Page { get; private set; } = null!;

    /// <summary>Whether her device and page are connected.</summary>
    public bool IsHere { get; private set; }

    /// <summary>Whether she is here and has nothing to do.</summary>
    public virtual bool IsAtRest => IsHere;

    /// <summary>Rules of SIP that the server broke towards her.</summary>
    public IEnumerable<string> Faults => Phone?.Faults ?? [];

    /// <summary>Lives until told to stop.</summary>
    public async Task Live(CancellationToken stop)
    {
        using var beats = new PeriodicTimer(Beat);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Within(Connect());
                IsHere = true;
                var gone = Phone.Closed;
                while (!gone.IsCompleted && !stop.IsCancellationRequested)
                {
                    var step = Within(Step());
                    await Task.WhenAny(step, gone);
                    if (!step.IsCompleted)
                    {
                        break;
                    }

                    await step;
                    await beats.WaitForNextTickAsync(stop);
                }
            }
            catch (Exception lost) when (lost is WebSocketException or HttpRequestException or HubException
                or TimeoutException or InvalidOperationException or IOException or OperationCanceledException)
            {
                book.Interrupted(lost);
            }

            IsHere = false;
            _door = (_door + 1) % doors.Count;
            await Leave();
            // Not all at once, and not without a pause: as the pages do (RFC 5626 section 4.5).
            for (var wait = book.Between(1, BeatsAway); wait > 0; wait--)
            {
                await beats.WaitForNextTickAsync(CancellationToken.None);
            }
        }
    }

    public override string ToString() => $"{user} is {(IsHere ? "here" : "away")}";

    /// <summary>One look at what there is to do.</summary>
    protected abstract Task Step();

    private static Task Within(Task work) => work.WaitAsync(OneAttempt);

    private async Task Connect()
    {
        var account = await Account();
        Phone ??= new HeadlessPhone(new Uri(account.WebSocketUrl), PeerIdentity.For(account))
        {
            OffersSessionTimer = false,
        };
        Phone.Server = new UriBuilder(doors[_door]) { Scheme = "wss", Path = "/sip" }.Uri;
        Phone.UseToken(account.AccessToken);
        await Phone.Connect();
        var registered = await Phone.Register();
        if (registered.Status != 200)
        {
            _account = registered.Status == 401 ? null : _account;
            throw new IOException($"REGISTER was answered {registered.StartLine}");
        }

        Page = await HeadlessConsole.Connect(doors[_door], account.AccessToken);
    }

    /// <summary>She signs in once, as people do; her token is good for a server that came back.</summary>
    private async Task<SignedIn> Account()
    {
        if (_account is null || TimeProvider.System.GetElapsedTime(_signedInAt) > TokenUse)
        {
            using var http = SignedIn.HttpFor(doors[_door]);
            _account = await SignedIn.SignIn(http, user, VrsServer.Password);
            _signedInAt = TimeProvider.System.GetTimestamp();
        }

        return _account;
    }

    private async Task Leave()
    {
        if (Phone is not null)
        {
            Phone.DropSocket();
        }

        if (Page is not null)
        {
            await Page.DisposeAsync();
        }
    }
}

/// <summary>Answers whoever calls.</summary>
internal sealed class SurvivingPhone(IReadOnlyList<Uri> doors, string user, CrashBook book)
    : Survivor(doors, user, book)
{
    protected override async Task Step()
    {
        foreach (var call in Phone.Incoming.Items.Where(call => !call.IsEstablished && !call.Ended.IsCompleted))
        {
            await call.Answer();
        }
    }
}

/// <summary>Takes every offer, dials, and is ready again.</summary>
internal sealed class SurvivingInterpreter(IReadOnlyList<Uri> doors, string user, CrashBook book)
    : Survivor(doors, user, book)
{
    private const int BeatsBetweenDials = 60;

    private OutgoingCall? _dialed;
    private int _beatsToDial;

    protected override async Task Step()
    {
        var status = Page.Statuses.Items.MaxBy(news => news.Version);
        if (status is null or { Status: "signedOut" })
        {
            await Page.SignIn();
        }
        else if (status is { Status: "wrapUp" or "break", ConsoleReady: true })
        {
            await Page.GoAvailable();
        }

        if (Page.Offers.Items.LastOrDefault(IsOpen) is { } offer)
        {
            Book.Began(offer.Call);
            await Page.Accept(offer);
        }

        foreach (var call in Phone.Incoming.Items.Where(call => !call.IsEstablished && !call.Ended.IsCompleted))
        {
            await call.Answer();
        }

        if (--_beatsToDial <= 0
            && status?.Call is { } serving && NewsOf(serving) is { Phase: "connected" } news
            && _dialed is null or { Ended.IsCompleted: true })
        {
            _beatsToDial = BeatsBetweenDials;
            _dialed = await Phone.Call(news.DialedNumber, Sdp.AudioOffer(), ("Vrs-Call", serving));
        }
    }

    private CallNews? NewsOf(string call) => Page.Calls.Items.Where(news => news.Call == call).MaxBy(n => n.Version);

    private bool IsOpen(OfferNews offer) =>
        !Page.Withdrawals.Items.Any(gone => gone.Call == offer.Call && gone.Offer == offer.Offer);
}
