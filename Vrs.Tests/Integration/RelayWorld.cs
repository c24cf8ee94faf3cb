using Vrs.Bench.Headless;

namespace Vrs.Tests.Integration;

/// <summary>One account with its device and its page.</summary>
/// <param name="Account">As signed in.</param>
/// <param name="Phone">The registered SIP device.</param>
/// <param name="Page">The page's hub connection.</param>
internal sealed record Actor(SignedIn Account, HeadlessPhone Phone, HeadlessConsole Page)
{
    public string Number => Account.Number!;
}

/// <summary>The four legs of a call that is being relayed.</summary>
/// <param name="Call">The call's id.</param>
/// <param name="Caller">The caller's own call.</param>
/// <param name="Interpreter">The leg the interpreter was sent.</param>
/// <param name="Dial">The interpreter's call to the other party.</param>
/// <param name="Callee">What the other party was sent.</param>
internal sealed record RelayedCall(
    string Call, OutgoingCall Caller, IncomingCall Interpreter, OutgoingCall Dial, IncomingCall Callee)
{
    public IEnumerable<PeerCall> Legs => [Caller, Interpreter, Dial, Callee];

    /// <summary>All four legs end, each by BYE or by its own hang-up.</summary>
    public async Task Ends()
    {
        foreach (var leg in Legs)
        {
            Assert.Contains(await leg.EndsWithin(Wait.Reply), (string[])["BYE", "hung up"]);
        }
    }
}

/// <summary>People and devices around one server, and the ordinary course of a call step by step.</summary>
/// <param name="server">The server's address.</param>
internal sealed class RelayWorld(Uri server) : IAsyncDisposable
{
    public const string Password = "demo";

    private readonly HttpClient _http = SignedIn.HttpFor(server);
    private readonly List<Actor> _actors = [];

    /// <summary>What the server broke towards any device; a test ends with this empty.</summary>
    public IEnumerable<string> Faults => _actors.SelectMany(a => a.Phone.Faults);

    public HttpClient Http => _http;

    public Uri Sip => new UriBuilder(server) { Scheme = "wss", Path = "/sip" }.Uri;

    /// <summary>Signs in, registers a device and opens the page.</summary>
    public async Task<Actor> Open(string user)
    {
        var account = await SignedIn.SignIn(_http, user, Password);
        var phone = new HeadlessPhone(Sip, PeerIdentity.For(account)) { KeepWire = true };
        await phone.Connect();
        Assert.Equal(200, (await phone.Register()).Status);
        var actor = new Actor(account, phone, await HeadlessConsole.Connect(server, account.AccessToken));
        _actors.Add(actor);
        return actor;
    }

    /// <summary>An interpreter who is at work and free.</summary>
    public async Task<Actor> OpenInterpreter(string user)
    {
        var actor = await Open(user);
        Assert.Null(await actor.Page.SignIn());
        await actor.Page.Statuses.First("console ready", n => n.ConsoleReady, Wait.Reply);
        Assert.Null(await actor.Page.GoAvailable());
        return actor;
    }

    /// <summary>Everybody of the demonstration: caller, interpreter and hearing phone.</summary>
    public async Task<(Actor Caller, Actor Interpreter, Actor Phone)> OpenThree() =>
        (await Open("dana"), await OpenInterpreter("ines"), await Open("hana"));

    /// <summary>The caller calls and waits until she is told that she stands in line.</summary>
    public static async Task<OutgoingCall> Queue(Actor caller, Actor callee)
    {
        var call = await caller.Phone.Call(callee.Number, Sdp.VideoOffer());
        await call.Response(182, Wait.Reply);
        return call;
    }

    /// <summary>The interpreter takes the next offer; her leg and the caller's are answered.</summary>
    public static async Task<(OfferNews Offer, IncomingCall Leg)> Accept(Actor interpreter, int seen = 0)
    {
        var legs = interpreter.Phone.Incoming.Count;
        var offer = await interpreter.Page.Offers.First("an offer", _ => true, Wait.Reply, seen);
        Assert.Null(await interpreter.Page.Accept(offer));
        var leg = await interpreter.Phone.NextCall(Wait.Reply, legs);
        await leg.AnswerAndConfirm(Wait.Reply);
        return (offer, leg);
    }

    /// <summary>The interpreter's console calls the other party.</summary>
    public static Task<OutgoingCall> Dial(Actor interpreter, OfferNews offer) =>
        interpreter.Phone.Call(offer.DialedNumber, Sdp.AudioOffer(), ("Vrs-Call", offer.Call));

    /// <summary>The whole way from the caller's INVITE to the conversation.</summary>
    public static async Task<RelayedCall> Relay(Actor caller, Actor interpreter, Actor callee)
    {
        var seen = interpreter.Page.Offers.Count;
        var rung = callee.Phone.Incoming.Count;
        var call = await caller.Phone.Call(callee.Number, Sdp.VideoOffer());
        var (offer, leg) = await Accept(interpreter, seen);
        await call.Answered(Wait.Reply);
        var dial = await Dial(interpreter, offer);
        var ringing = await callee.Phone.NextCall(Wait.Reply, rung);
        await ringing.Ring();
        await ringing.AnswerAndConfirm(Wait.Reply);
        await dial.Answered(Wait.Reply);
        await caller.Page.Phase(offer.Call, "relaying", Wait.Reply);
        return new RelayedCall(offer.Call, call, leg, dial, ringing);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var actor in _actors)
        {
            await actor.Page.DisposeAsync();
            await actor.Phone.DisposeAsync();
        }

        _http.Dispose();
    }
}
