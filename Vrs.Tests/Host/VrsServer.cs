using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Vrs.Bench.Headless;
using Vrs.Silo.Hosting;

namespace Vrs.Tests.Host;

/// <summary>
/// The whole server in this process: real Kestrel with TLS on a free port, real storage in a folder of its own, the
/// accounts of Development. Everything that a test reaches is reached as a page or device would.
/// </summary>
public sealed class VrsServer : IAsyncDisposable
{
    /// <summary>The password of the demo accounts.</summary>
    public const string Password = "demo";

    private readonly TemporaryFolder _data = new();
    private readonly Dictionary<string, string?> _settings;
    private readonly Action<WebApplicationBuilder>? _customize;
    private readonly string _environment;
    private readonly TraceRecorder _trace = new();
    private WebApplication _app;

    private VrsServer(
        Dictionary<string, string?> settings,
        string environment,
        Action<WebApplicationBuilder>? customize)
    {
        _settings = settings;
        _settings.TryAdd("Gateway:Listen", "https://127.0.0.1:0");
        _settings.TryAdd("Management:Listen", "https://127.0.0.1:0");
        _settings.TryAdd("Storage:DataFolder", _data.Path);
        _settings.TryAdd("Logging:LogLevel:Default", "Warning");
        _settings.TryAdd("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning");
        _environment = environment;
        _customize = customize;
        _app = Build();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Where it listens for those who run it.</summary>
    public Uri Management { get; private set; } = null!;

    /// <summary>A client of the pages' API, nobody signed in.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>What it logs, replayed against the tables.</summary>
    public TraceRecorder Trace => _trace;

    /// <summary>Its parts.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The folder with its database and keys.</summary>
    public string DataFolder => _settings["Storage:DataFolder"]!;

    /// <summary>Starts one.</summary>
    /// <param name="settings">Settings besides the usual ones.</param>
    /// <param name="environment">The environment's name.</param>
    /// <param name="customize">Last changes before it is built.</param>
    public static async Task<VrsServer> Start(
        IReadOnlyDictionary<string, string?>? settings = null,
        string environment = "Development",
        Action<WebApplicationBuilder>? customize = null)
    {
        var server = new VrsServer(new(settings ?? new Dictionary<string, string?>()), environment, customize);
        await server.Listen();
        return server;
    }

    /// <summary>Stops it and starts it again with the same data, on the same port.</summary>
    public async Task Restart()
    {
        _settings["Gateway:Listen"] = Address.GetLeftPart(UriPartial.Authority);
        await Stop();
        _app = Build();
        await Listen();
    }

    /// <summary>Signs somebody in.</summary>
    public Task<SignedIn> SignIn(string user) => SignedIn.SignIn(Http, user, Password);

    /// <summary>A client of the pages' API with somebody signed in.</summary>
    public async Task<HttpClient> HttpAs(string user)
    {
        var http = SignedIn.HttpFor(Address);
        var token = (await SignIn(user)).AccessToken;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _data.Dispose();
        _trace.AssertLegal();
    }

    private WebApplication Build()
    {
        _trace.Starting();
        return VrsHost.Build(new HostArguments(_settings, Environment: _environment), builder =>
        {
            builder.Logging.AddProvider(_trace).AddFilter<TraceRecorder>("Vrs.Grains", LogLevel.Information);
            _customize?.Invoke(builder);
        });
    }

    private async Task Listen()
    {
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
        Management = new Uri(_app.Urls.Last());
        Http = SignedIn.HttpFor(Address);
    }

    private async Task Stop()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>One server for all tests of a class.</summary>
public sealed class VrsServerFixture : IAsyncLifetime
{
    /// <summary>The server.</summary>
    public VrsServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await VrsServer.Start();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
