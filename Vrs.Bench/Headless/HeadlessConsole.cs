using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Vrs.Bench.Headless;

/// <summary>
/// A page's connection to the console hub without a page: what it is told is kept, what it asks is a method.
/// </summary>
public sealed class HeadlessConsole : IAsyncDisposable
{
    private readonly Uri _address;
    private HubConnection? _hub;

    private HeadlessConsole(Uri address) => _address = address;

    public History<CallNews> Calls { get; } = new();

    public History<InterpreterNews> Statuses { get; } = new();

    public History<OfferNews> Offers { get; } = new();

    public History<WithdrawalNews> Withdrawals { get; } = new();

    /// <summary>For operators.</summary>
    public History<BoardNews> Boards { get; } = new();

    /// <summary>Connects to a hub.</summary>
    /// <param name="server">The server's <c>https:</c> address.</param>
    /// <param name="accessToken">From the sign-in.</param>
    /// <param name="path">Operators have a hub of their own.</param>
    public static async Task<HeadlessConsole> Connect(Uri server, string accessToken, string path = "/hubs/console")
    {
        var uri = new UriBuilder(server)
        {
            Scheme = server.Scheme == "http" ? "ws" : "wss",
            Path = path,
            Query = $"access_token={Uri.EscapeDataString(accessToken)}",
        }.Uri;
        var console = new HeadlessConsole(uri);
        await console.Reconnect();
        return console;
    }

    /// <summary>Connects again after the server was away; what was told before is kept.</summary>
    public async Task Reconnect()
    {
        await DisposeAsync();
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory, HubSocketFactory>();
        builder.Services.AddSingleton<EndPoint>(new HubEndPoint(_address));
        builder.AddJsonProtocol();
        _hub = builder.Build();
        // As the pages do; the server gives up a page that is silent for longer.
        _hub.KeepAliveInterval = TimeSpan.FromSeconds(5);
        _hub.ServerTimeout = TimeSpan.FromSeconds(15);
        _hub.On<CallNews>("callChanged", Calls.Add);
        _hub.On<InterpreterNews>("interpreterChanged", Statuses.Add);
        _hub.On<OfferNews>("offerMade", Offers.Add);
        _hub.On<string, long, string>("offerWithdrawn", (call, offer, why) => Withdrawals.Add(new(call, offer, why)));
        _hub.On<BoardNews>("boardChanged", Boards.Add);
        await _hub.StartAsync().WaitAsync(HeadlessPhone.PatienceForReplies);
    }

    /// <summary>The interpreter comes to work.</summary>
    /// <param name="device">The device she works at; null for whichever is newest.</param>
    public Task<HubRefusal?> SignIn(string? device = null) => Ask("SignIn", device);

    public Task<HubRefusal?> SignOut() => Ask("SignOut");

    public Task<HubRefusal?> GoAvailable() => Ask("GoAvailable");

    public Task<HubRefusal?> TakeBreak(string kind, string? note = null) => Ask("TakeBreak", kind, note);

    public Task<HubRefusal?> ExtendWrapUp(long deadline) => Ask("ExtendWrapUp", deadline);

    public Task<HubRefusal?> Accept(OfferNews offer) => Ask("Accept", offer.Call, offer.Offer);

    public Task<HubRefusal?> Decline(OfferNews offer) => Ask("Decline", offer.Call, offer.Offer);

    public Task<HubRefusal?> HangUp(string call) => Ask("HangUp", call);

    /// <summary>Asks for a second interpreter: <c>relief</c> or <c>support</c>.</summary>
    public Task<HubRefusal?> AskForColleague(string call, string purpose) => Ask("AskForColleague", call, purpose);

    public Task<HubRefusal?> DismissColleague(string call) => Ask("DismissColleague", call);

    public Task<HubRefusal?> RequestCallback(string call) => Ask("RequestCallback", call);

    /// <summary>For operators.</summary>
    public Task<HubRefusal?> EndCall(string call) => Ask("EndCall", call);

    /// <summary>Waits for a status, among those told at or after <paramref name="from"/>.</summary>
    public Task<InterpreterNews> Status(string status, TimeSpan within, int from = 0) =>
        Statuses.First($"status {status}", n => n.Status == status, within, from);

    /// <summary>Waits until the call was told to be in this phase.</summary>
    public Task<CallNews> Phase(string call, string phase, TimeSpan within) =>
        Calls.First($"phase {phase}", n => n.Call == call && n.Phase == phase, within);

    public ValueTask DisposeAsync() => _hub?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task<HubRefusal?> Ask(string method, params object?[] arguments) =>
        _hub!.InvokeCoreAsync<HubRefusal?>(method, arguments, CancellationToken.None)
            .WaitAsync(HeadlessPhone.PatienceForReplies);
}
