using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Vrs.Silo.Storage;
using Vrs.Tests.Integration;

namespace Vrs.Tests.Cluster;

/// <summary>Silos and gateways, each a process of its own, over one PostgreSQL database.</summary>
/// <param name="storage">The database.</param>
/// <param name="signingKey">The same for all: tokens of one gateway open the others; null for a new one.</param>
/// <param name="more">Settings of every process beside or instead of the usual ones.</param>
internal sealed class ServerCluster(
    StorageOptions storage, string? signingKey = null, IReadOnlyDictionary<string, string>? more = null)
    : IAsyncDisposable
{
    private readonly string _signingKey = signingKey ?? NewSigningKey();
    private readonly ClusterCertificates _certificates = new();
    private readonly List<ServerProcess> _silos = [];
    private readonly List<ServerProcess> _gateways = [];

    /// <summary>The build that its processes run; null for the one beside the tests.</summary>
    public string? Program { get; init; }

    public IReadOnlyList<ServerProcess> Silos => _silos;

    public IReadOnlyList<ServerProcess> Gateways => _gateways;

    public static string NewSigningKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Starts a process with grains and without gateway.</summary>
    public async Task<ServerProcess> StartSilo()
    {
        var silo = await Start("grains");
        _silos.Add(silo);
        return silo;
    }

    /// <summary>Starts a process with gateway and without grains.</summary>
    public async Task<ServerProcess> StartGateway()
    {
        var gateway = await Start("gateway");
        _gateways.Add(gateway);
        return gateway;
    }

    /// <summary>Two silos and two gateways, or none: what was started before one failed is stopped.</summary>
    public async Task StartTwoAndTwo()
    {
        try
        {
            await StartSilo();
            await StartSilo();
            await StartGateway();
            await StartGateway();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops every process, also when the end of one shows a fault.</summary>
    public async ValueTask DisposeAsync()
    {
        using var files = _certificates;
        await Task.WhenAll(_gateways.Concat(_silos).Select(server => server.DisposeAsync().AsTask()));
    }

    /// <summary>Settings of every process over this database, on either engine.</summary>
    public static Dictionary<string, string> SettingsFor(StorageOptions storage) => new()
    {
        ["Storage:Provider"] = storage.Provider.ToString(),
        ["Storage:ConnectionString"] = storage.ConnectionString!,
        ["Accounts:LoadAccounts"] = "8",
        ["Accounts:HashIterations"] = "10000",
        ["Calls:AdmissionTimeout"] = "00:01:00",
        ["Calls:SetupTimeout"] = "00:01:00",
        ["Calls:FlowGrace"] = "00:01:00",
        ["Interpreters:ConsoleGrace"] = "00:01:00",
    };

    private Task<ServerProcess> Start(string role)
    {
        var settings = new Dictionary<string, string>(SettingsFor(storage).Concat(_certificates.Settings))
        {
            ["Role"] = role,
            ["Gateway:SigningKey"] = _signingKey,
            ["GrainEngine:SiloPort"] = ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture),
            ["GrainEngine:GatewayPort"] = ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in more ?? ImmutableDictionary<string, string>.Empty)
        {
            settings[name] = value;
        }

        return ServerProcess.Start(settings, Program);
    }
}
