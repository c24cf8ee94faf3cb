using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using Vrs.Bench.Headless;

namespace Vrs.Bench.Load;

/// <summary>All devices of a run: signed in, connected, registered.</summary>
internal sealed class Fleet(LoadOptions options) : IAsyncDisposable
{
    private const int SignInsAtOnce = 8;

    // Well before an access token (10 minutes) or a registration (10 minutes) ends.
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(4);

    private readonly HttpClient _http = SignedIn.HttpFor(options.Server);
    private readonly List<IAsyncDisposable> _connections = [];
    private readonly ConcurrentDictionary<HeadlessPhone, (SignedIn Account, long At)> _signedIn = new();

    public List<HeadlessPhone> Callers { get; } = [];

    public List<HeadlessPhone> Interpreters { get; } = [];

    /// <summary>One for each of <see cref="Interpreters"/>, in the same order.</summary>
    public List<HeadlessConsole> Consoles { get; } = [];

    /// <summary>The phones, with the number each is reached by.</summary>
    public List<(HeadlessPhone Device, string Number)> Phones { get; } = [];

    public IEnumerable<HeadlessPhone> Devices => [.. Callers, .. Interpreters, .. Phones.Select(p => p.Device)];

    /// <summary>Brings everybody up.</summary>
    /// <param name="ready">Told of each device that is there.</param>
    /// <exception cref="LoadFailure">An account or a registration is refused.</exception>
    public async Task Assemble(Action ready)
    {
        await Each(options.Callers, "load-caller", ready, (_, device) => Keep(Callers, device));
        await Each(options.Phones, "load-phone", ready, (account, device) => Keep(
            Phones, (device, account.Number ?? throw new LoadFailure($"{account.User} has no number"))));
        await Each(options.Interpreters, "load-interp", ready, async (account, device) =>
        {
            var console = await HeadlessConsole.Connect(options.Server, account.AccessToken);
            lock (_connections)
            {
                _connections.Add(console);
                Interpreters.Add(device);
                Consoles.Add(console);
            }
        });
    }

    /// <summary>Renews token and registration of a device that nobody else is using, when they are old.</summary>
    /// <exception cref="LoadFailure">The server refuses.</exception>
    public async Task KeepFresh(HeadlessPhone device)
    {
        var (account, at) = _signedIn[device];
        if (Stopwatch.GetElapsedTime(at) < Renewal)
        {
            return;
        }

        try
        {
            account = await account.Refresh(_http);
        }
        catch (HttpRequestException e)
        {
            throw new LoadFailure($"a token is not renewed: {e.Message}");
        }

        device.UseToken(account.AccessToken);
        await Register(device);
        _signedIn[device] = (account, Stopwatch.GetTimestamp());
    }

    /// <summary>The connection of a device breaks, and it comes back at once.</summary>
    /// <exception cref="LoadFailure">It cannot.</exception>
    public static async Task DropAndReturn(HeadlessPhone device)
    {
        device.DropSocket();
        await Connect(device);
        await Register(device);
    }

    public async ValueTask DisposeAsync()
    {
        await Parallel.ForEachAsync(_connections, (connection, _) => connection.DisposeAsync());
        _http.Dispose();
    }

    private Task Keep<T>(List<T> list, T item)
    {
        lock (_connections)
        {
            list.Add(item);
        }

        return Task.CompletedTask;
    }

    private Task Each(int count, string name, Action ready, Func<SignedIn, HeadlessPhone, Task> keep) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = SignInsAtOnce }, async (i, _) =>
        {
            var account = await SignIn($"{name}-{i:000}");
            var device = new HeadlessPhone(new Uri(account.WebSocketUrl), PeerIdentity.For(account));
            lock (_connections)
            {
                _connections.Add(device);
            }

            await Connect(device);
            await Register(device);
            _signedIn[device] = (account, Stopwatch.GetTimestamp());
            await keep(account, device);
            ready();
        });

    private static async Task Register(HeadlessPhone device)
    {
        var registered = await device.Register();
        if (registered.Status != 200)
        {
            throw new LoadFailure($"REGISTER of {device.Identity.User} answered {registered.StartLine}");
        }
    }

    private static async Task Connect(HeadlessPhone device)
    {
        try
        {
            await device.Connect();
        }
        catch (WebSocketException e)
        {
            throw new LoadFailure($"the WebSocket of {device.Identity.User} is refused: {e.Message}");
        }
    }

    private async Task<SignedIn> SignIn(string user)
    {
        try
        {
            return await SignedIn.SignIn(_http, user, options.Password);
        }
        catch (HttpRequestException e)
        {
            throw new LoadFailure($"{user} cannot sign in: {e.Message}. " + (e.StatusCode is null
                ? "Start the server, or name it with --url."
                : "Start the server in Development with Accounts__LoadAccounts at least the number of each kind."));
        }
    }
}
