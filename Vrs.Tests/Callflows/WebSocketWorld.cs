using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Vrs.Bench.Headless;
using Vrs.Gateway.Legs;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Directory;
using Vrs.Grains.Interfaces.Gateways;
using Vrs.Silo.Storage;
using Vrs.Tests.Engine;
using Vrs.Tests.Host;
using Vrs.Tests.Integration;

namespace Vrs.Tests.Callflows;

/// <summary>
/// The whole server over real WebSockets: devices speak SIP, pages SignalR. Only its clock is the test's, so that
/// stories about long deadlines are short.
/// </summary>
internal sealed class WebSocketWorld : IStoryWorld
{
    /// <summary>How long nothing new must be seen before everything is taken to have happened.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// The clock goes forward in steps shorter than any attempt's limit, so that what is under way in between finds its
    /// time.
    /// </summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(4);

    /// <summary>The steps of a long time, of which only the end matters: until then everybody waits.</summary>
    private static readonly TimeSpan Stride = TimeSpan.FromSeconds(30);

    /// <summary>What is left of a long time when the strides end: what they held up finds its time.</summary>
    private static readonly TimeSpan End = TimeSpan.FromMinutes(1);

    private readonly StoryLines _lines = new();
    private readonly StoryPeople _people = new();
    private readonly SortedDictionary<string, WebSocketActor> _actors = new(StringComparer.Ordinal);
    private readonly List<(string Name, WebSocketActor Caller, OutgoingCall Call)> _calls = [];
    private readonly ShiftedTime _time;
    private readonly HangingWrites _hang;
    private readonly VrsServer _server;

    private WebSocketWorld(VrsServer server, ShiftedTime time, HangingWrites hang) =>
        (_server, _time, _hang) = (server, time, hang);

    public static async Task<WebSocketWorld> Start()
    {
        var (time, hang) = (new ShiftedTime(), new HangingWrites());
        var settings = new Dictionary<string, string?>
        {
            ["Accounts:HashIterations"] = "10000",
            ["Calls:AdmissionTimeout"] = "00:01:00",
            ["Gateway:AccessTokenLife"] = "01:00:00",
            ["Gateway:Flows:PingAfter"] = "00:10:00",
            ["Gateway:Flows:PongWithin"] = "00:10:00",
        };
        foreach (var (name, value) in StoryPeople.Settings())
        {
            settings[name] = value;
        }

        var server = await VrsServer.Start(
            settings,
            customize: builder => builder.Services
                .Replace(ServiceDescriptor.Singleton<TimeProvider>(time))
                .Replace(ServiceDescriptor.Singleton<IStateStorage>(services =>
                    hang.Of(ActivatorUtilities.CreateInstance<SqlStorage>(services)))));
        await server.Services.GetRequiredService<IGrainFactory>().GetGrain<IDirectoryGrain>(Cast.Emergency)
            .Assign(new DirectoryEntry(Cast.UserOf("+15550202")!.Value, AccountRole.Phone, "Emergency"));
        return new WebSocketWorld(server, time, hang);
    }

    public async Task Do(StoryCommand command)
    {
        Look();
        await (command.Who == "time" ? Pass(CoreWorld.DurationOf(command.Deed)) : Act(command));
    }

    public async Task<IReadOnlyList<string>> Observe(IReadOnlyList<string> expected)
    {
        await Settle(() => _lines.Peek().SequenceEqual(expected));
        return _lines.Take();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var actor in _actors.Values)
        {
            await actor.DisposeAsync();
        }

        await _server.DisposeAsync();
        Assert.Empty(_actors.Values.SelectMany(actor => actor.Phone.Faults));
    }

    /// <summary>What nobody's device is needed for; false when it is something else.</summary>
    private async Task<bool> Arrange(StoryCommand command)
    {
        if (_people.Learn(command))
        {
            var grain = _server.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccountGrain>(command.Who);
            await grain.Put(_people.Of(command.Who).In((await grain.Get())!));
            return true;
        }

        switch (command.Deed)
        {
            case "ends the call":
                await AtTheBoard(command.Who, (board, call) => board.EndCall(call));
                return true;
            case "asks for relief" or "asks for support" when Cast.RoleOf(command.Who) is AccountRole.Operator:
                await AtTheBoard(command.Who, (board, call) => board.AskForColleague(call, PurposeOf(command)));
                return true;
            case "ends the call as the server dies":
                await DieWith(() => AtTheBoard(command.Who, (board, call) => board.EndCall(call)));
                return true;
            case "restarts":
                await Restart();
                return true;
            default:
                return false;
        }
    }

    /// <summary>Notes what her device is to do by itself; false when a command is about something else.</summary>
    private static bool Learn(WebSocketActor actor, string deed)
    {
        switch (deed)
        {
            case "refuses the leg":
                actor.Refuses = true;
                return true;
            case "answers too late":
                actor.AnswersTooLate = true;
                return true;
            case "hangs up at the same time":
                LegFor(actor, "hangs up")!.HangsUpToo = true;
                return true;
            case "holds at the same time":
                LegFor(actor, "holds")!.HoldsToo = true;
                return true;
            default:
                return false;
        }
    }

    private async Task Act(StoryCommand command)
    {
        if (await Arrange(command))
        {
            return;
        }

        var actor = await Find(command.Who);
        if (Learn(actor, command.Deed))
        {
            return;
        }

        switch (command.Deed)
        {
            case "works":
                await ComeToWork(actor);
                break;
            case "registers":
                break;
            case "signs in":
                Assert.Null(await actor.Page.SignIn(actor.Device));
                await Until($"{actor.Name} is at this console", () => actor.LatestStatus?.Console == actor.Device);
                break;
            case "dials" when Cast.IsParty(actor.Name):
                await Dial(actor, command.Number!);
                break;
            case "dials in the clear":
                await actor.Phone.Call(command.Number!, Sdp.PlainRtpOffer());
                break;
            case "dials" or "rejoins":
                await DialOut(actor, command.Number ?? "rejoin");
                break;
            case "accepts" or "declines" or "accepts too late":
                await AnswerOffer(actor, command.Deed);
                break;
            case "asks for a callback" or "gives up the callback":
                await SeeToCallback(actor, isWanted: command.Deed == "asks for a callback");
                break;
            case "asks for relief" or "asks for support":
                ShowRefusal(actor, await actor.Page.AskForColleague(actor.LatestCall!.Call, PurposeOf(command)));
                break;
            case "does without a colleague":
                ShowRefusal(actor, await actor.Page.DismissColleague(actor.LatestCall!.Call));
                break;
            case "loses connection":
                Lose(actor);
                break;
            case "returns":
                await Return(actor);
                break;
            case var work when WorkDeeds.All.Contains(work):
                await SeeToWork(actor, work);
                break;
            default:
                await OnLeg(actor, command.Deed);
                break;
        }
    }

    private static async Task SeeToCallback(WebSocketActor caller, bool isWanted)
    {
        var call = caller.Placed[^1].RelayCall!;
        Assert.Null(await (isWanted ? caller.Page.RequestCallback(call) : caller.Page.HangUp(call)));
    }

    private void Lose(WebSocketActor actor)
    {
        Look();
        actor.IsDown = true;
        actor.Phone.DropSocket();
    }

    private async Task<WebSocketActor> Find(string name)
    {
        if (_actors.TryGetValue(name, out var known))
        {
            return known;
        }

        var account = await _server.SignIn(CoreBus.UserOf(name));
        var phone = new HeadlessPhone(new Uri(account.WebSocketUrl), PeerIdentity.For(account))
        {
            KeepWire = true,
            OffersSessionTimer = false,
        };
        await phone.Connect();
        Assert.Equal(200, (await phone.Register(3600)).Status);
        var page = await HeadlessConsole.Connect(_server.Address, account.AccessToken);
        return _actors[name] = new WebSocketActor(name, phone, page);
    }

    private async Task ComeToWork(WebSocketActor interpreter)
    {
        _lines.Begin(CoreBus.UserOf(interpreter.Name), "SignedOut");
        Assert.Null(await interpreter.Page.SignIn());
        await Until($"{interpreter.Name}'s console is ready", () => interpreter.IsReady);
        Assert.Null(await interpreter.Page.GoAvailable());
    }

    private async Task SeeToWork(WebSocketActor interpreter, string deed)
    {
        await Settle(() => true);
        Assert.Null(await WorkDeeds.Ask(interpreter.Page, deed, interpreter.LatestStatus!.DeadlineNumber));
    }

    private async Task Dial(WebSocketActor caller, string number)
    {
        var name = _calls.Count == 0 ? "call" : $"call{_calls.Count + 1}";
        _lines.Begin(name, "New");
        var call = await caller.Phone.Call(number, Cast.OfferOf(caller.Name));
        caller.Placed.Add(call);
        await Until($"{caller.Name}'s call is known", () => call.RelayCall is not null);
        _calls.Add((name, caller, call));
    }

    private async Task DialOut(WebSocketActor interpreter, string target)
    {
        await Until(
            $"{interpreter.Name} is connected",
            () => interpreter.LatestCall is { Phase: "connected" } or { Colleague.Stage: "joined" });
        interpreter.Placed.Add(await interpreter.Phone.Call(
            target, Sdp.AudioOffer(), ("Vrs-Call", interpreter.LatestCall!.Call)));
    }

    private async Task AnswerOffer(WebSocketActor interpreter, string deed)
    {
        if (deed == "accepts too late")
        {
            ShowRefusal(interpreter, await interpreter.Page.Accept(interpreter.Page.Offers.Items[^1]));
            return;
        }

        await Until($"{interpreter.Name} sees an offer", () => interpreter.OpenOffer is not null);
        var offer = interpreter.OpenOffer!;
        Assert.Null(await (deed == "accepts" ? interpreter.Page.Accept(offer) : interpreter.Page.Decline(offer)));
    }

    private async Task Return(WebSocketActor actor)
    {
        await Settle(() => true);
        await Reconnect(actor);
        if (actor.Placed.LastOrDefault() is { RelayCall: { } place } lost && actor.NewsOf(place)?.CallerAway == true)
        {
            await TakePlaceAgain(actor, lost);
        }
    }

    /// <summary>The server stores what this brings about, dies before it does any of it, and starts again.</summary>
    private async Task DieWith(Func<Task> deed)
    {
        await Settle(() => true);
        var stored = _hang.AfterNext("call");
        var asked = deed();
        await stored.WaitAsync(Wait.Reply);
        await Restart();
        await asked.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The silo dies with all it had in memory; devices and pages find the new server by themselves.</summary>
    private async Task Restart()
    {
        await Settle(() => true);
        var waiting = _calls.Where(call => !call.Call.IsEstablished && !call.Call.Ended.IsCompleted).ToList();
        await EngineFixture.Kill(_server.Services);
        foreach (var actor in _actors.Values)
        {
            actor.Phone.DropSocket();
        }

        await _server.Restart();
        foreach (var actor in _actors.Values)
        {
            await Reconnect(actor);
            await actor.Page.Reconnect();
        }

        foreach (var (_, caller, call) in waiting)
        {
            await TakePlaceAgain(caller, call);
        }
    }

    private static async Task Reconnect(WebSocketActor actor)
    {
        await actor.Phone.Connect();
        Assert.Equal(200, (await actor.Phone.Register(3600)).Status);
        actor.IsDown = false;
    }

    private static async Task TakePlaceAgain(WebSocketActor caller, OutgoingCall lost)
    {
        var target = lost.Invite.RequestUri["sip:".Length..].Split('@')[0];
        caller.Placed.Add(await caller.Phone.Call(target, Sdp.VideoOffer(), ("Vrs-Call", lost.RelayCall!)));
    }

    private async Task AtTheBoard(string name, Func<HeadlessConsole, string, Task<HubRefusal?>> ask)
    {
        var account = await _server.SignIn(name);
        await using var board = await HeadlessConsole.Connect(_server.Address, account.AccessToken, "/hubs/operations");
        Assert.Null(await ask(board, _calls[^1].Call.RelayCall!));
    }

    private static string PurposeOf(StoryCommand command) =>
        Cast.PurposeOf(command.Deed).ToString().ToLowerInvariant();

    private void ShowRefusal(WebSocketActor actor, HubRefusal? refusal)
    {
        if (refusal is not null)
        {
            _lines.ToDevice(actor.Name, StoryLines.Refused(refusal.Detail));
        }
    }

    private async Task OnLeg(WebSocketActor actor, string deed)
    {
        await Until($"{actor.Name} has a leg on which she {deed}", () => LegFor(actor, deed) is not null);
        var leg = LegFor(actor, deed)!;
        await (deed switch
        {
            "answers" => ((IncomingCall)leg).Answer(),
            "is busy" => ((IncomingCall)leg).Reject(486, "Busy Here"),
            "declines the call" => ((IncomingCall)leg).Reject(603, "Decline"),
            "cancels" => ((OutgoingCall)leg).Cancel(),
            "holds" or "holds the callee" => leg.Hold(true),
            "resumes" or "resumes the callee" => leg.Hold(false),
            _ => leg.HangUp(),
        });
    }

    private static PeerCall? LegFor(WebSocketActor actor, string deed)
    {
        var live = actor.Phone.Incoming.Items.Cast<PeerCall>().Concat(actor.Placed)
            .Where(leg => !leg.Ended.IsCompleted)
            .ToList();
        return deed switch
        {
            "answers" or "is busy" or "declines the call" =>
                live.OfType<IncomingCall>().LastOrDefault(leg => !leg.IsEstablished),
            "cancels" => live.OfType<OutgoingCall>().LastOrDefault(leg => !leg.IsEstablished),
            "hangs up on the callee" or "holds the callee" or "resumes the callee" =>
                live.OfType<OutgoingCall>().LastOrDefault(leg => leg.IsEstablished),
            // Who was called and sees a second interpreter has two; the last is the second picture.
            _ => live.OfType<IncomingCall>().LastOrDefault(leg => leg.IsEstablished)
                ?? live.FirstOrDefault(leg => leg.IsEstablished),
        };
    }

    private async Task Pass(TimeSpan time)
    {
        await Settle(() => true);
        using var beats = new PeriodicTimer(Beat);
        while (time > TimeSpan.Zero)
        {
            var step = time > End + Stride ? Stride : time > Step ? Step : time;
            _time.Advance(step);
            time -= step;
            await SayThatTheGatewayLives();
            await beats.WaitForNextTickAsync();
        }
    }

    /// <summary>
    /// What the gateway does by itself every 15 s. When a minute passes within two beats it may come too late for that,
    /// and all connections would be taken for lost.
    /// </summary>
    private Task SayThatTheGatewayLives()
    {
        var grains = _server.Services.GetRequiredService<IGrainFactory>();
        var gateway = _server.Services.GetRequiredService<LegServices>().Gateway;
        var observer = _server.Services.GetRequiredService<CallLegObserver>();
        return grains.GetGrain<IGatewayGrain>(gateway.Value)
            .Subscribe(grains.CreateObjectReference<IGatewayObserver>(observer));
    }

    /// <summary>Adds to the story what happened since the last look.</summary>
    private void Look()
    {
        foreach (var actor in _actors.Values)
        {
            actor.Tell(_lines);
            if (actor.LatestStatus is { } news)
            {
                _lines.State(
                    CoreBus.UserOf(actor.Name),
                    WebSocketActor.Capital(news.Status),
                    StoryLines.DetailOf(news.BreakDueSince is not null));
            }
        }

        foreach (var (name, caller, call) in _calls)
        {
            if (caller.NewsOf(call.RelayCall) is { } news)
            {
                _lines.State(name, WebSocketActor.Capital(news.Phase), DetailOf(news));
            }
        }
    }

    private static string DetailOf(CallNews news) =>
        news.EndReason != "none" ? WebSocketActor.Capital(news.EndReason)
        : news.Colleague is { } colleague
            ? $"{WebSocketActor.Capital(colleague.Purpose)} {WebSocketActor.Capital(colleague.Stage)}"
                + (colleague.Early ? " early" : "")
        : news is { Phase: "connected", CalleeStatus: > 0 } ? $"callee {news.CalleeStatus}"
        : news.CallerAway ? "caller away"
        : news.Legs.Any(leg => leg.Hold is not null)
            ? StoryLines.Holds(news.Legs.Where(leg => leg.Hold is not null)
                .Select(leg => (WebSocketActor.Capital(leg.Role), leg.Hold!.IsLong)))
        : news.ColleagueOutcome != "none" ? WebSocketActor.Capital(news.ColleagueOutcome)
        : "";

    /// <summary>Waits until what is seen is as wanted and nothing new comes, or for the deadline.</summary>
    private async Task Settle(Func<bool> isAsWanted)
    {
        using var beats = new PeriodicTimer(Beat);
        var begun = Stopwatch.GetTimestamp();
        var (seen, since) = (_lines.Peek(), begun);
        while (Stopwatch.GetElapsedTime(begun) < Wait.Reply)
        {
            Look();
            var now = _lines.Peek();
            (seen, since) = now.SequenceEqual(seen) ? (seen, since) : (now, Stopwatch.GetTimestamp());
            if (isAsWanted() && Stopwatch.GetElapsedTime(since) >= Quiet)
            {
                return;
            }

            await beats.WaitForNextTickAsync();
        }
    }

    /// <summary>Waits for what must be; when it never is, the error tells the story so far.</summary>
    private async Task Until(string what, Func<bool> condition)
    {
        try
        {
            await Wait.Until(what, () => Task.FromResult(condition()), Wait.Reply);
        }
        catch (TimeoutException late)
        {
            Look();
            var seen = string.Join('\n', _lines.Peek());
            throw new TimeoutException($"{late.Message}\nSeen until then:\n{seen}", late);
        }
    }
}
