using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Vrs.Bench.Headless;
using Vrs.Silo.Storage;
using Vrs.Tests.Host;

namespace Vrs.Tests.Integration;

/// <summary>A database that takes no writes shows in health and metrics while it is so, and not afterwards.</summary>
public sealed partial class StorageAwayTests
{
    [Fact]
    public async Task It_shows_while_it_is_so_and_not_afterwards()
    {
        await using var server = await VrsServer.Start(
            new Dictionary<string, string?> { ["Management:CheckInterval"] = "00:00:01" });
        using var management = SignedIn.HttpFor(server.Management);
        await Shows(management, "0", HttpStatusCode.OK);
        await using var other = await server.Services.GetRequiredService<Database>().Source.OpenConnectionAsync();
        await using var hold = other.CreateCommand();
        hold.CommandText = "BEGIN IMMEDIATE";
        await hold.ExecuteNonQueryAsync();

        await Shows(management, "1", HttpStatusCode.ServiceUnavailable);

        hold.CommandText = "ROLLBACK";
        await hold.ExecuteNonQueryAsync();
        await Shows(management, "0", HttpStatusCode.OK);
    }

    private static Task Shows(HttpClient management, string away, HttpStatusCode ready) => Wait.Until(
        $"The metric is {away}, readiness {(int)ready}",
        async () =>
        {
            using var health = await management.GetAsync("/health/ready");
            var metrics = Away().Match(await management.GetStringAsync("/metrics"));
            return health.StatusCode == ready && metrics.Groups[1].Value == away;
        },
        Wait.Reply);

    [GeneratedRegex(@"(?m)^vrs_storage_away\{[^}]*\} (\d)")]
    private static partial Regex Away();
}
