using System.Globalization;
using Vrs.Silo.Storage;
using Vrs.Tests.Cluster;
using Vrs.Tests.Engine.Storage;

namespace Vrs.Tests.Integration.Crash;

/// <summary>
/// The same run on a cluster: two silos and two gateways over PostgreSQL, each a process of its own. What happens to
/// which of them is the seed's choice; everyone's turn comes before anyone's comes again.
/// </summary>
public sealed partial class CrashTests
{
    private const int ClusterRounds = 8;

    [OwnPostgreSqlFact]
    [Trait("Engine", "Cluster")]
    public async Task Silos_gateways_and_PostgreSql_killed_in_turn_lose_nothing()
    {
        await using var postgreSql = await PostgreSqlProcess.Make();
        await using var database = await TemporaryDatabase.Make(postgreSql);
        await using var cluster = await TwoAndTwo(database.Options);
        ServerProcess[] members = [.. cluster.Silos, .. cluster.Gateways];
        var clock = TimeProvider.System;
        var turns = new Turns(members.Length + 1);
        await LosesNothing(
            [.. cluster.Gateways.Select(gateway => gateway.Url)],
            database,
            async book =>
            {
                var began = clock.GetTimestamp();
                var number = turns.Next(book.Between);
                if (number == members.Length)
                {
                    await postgreSql.Kill();
                    await postgreSql.Start();
                }
                else
                {
                    await members[number].Kill();
                    await members[number].Start();
                }

                output.WriteLine($"{NameOf(number)} killed and back after {clock.GetElapsedTime(began)}");
            },
            ClusterRounds);
    }

    [PostgreSqlFact]
    [Trait("Engine", "Cluster")]
    public async Task A_cluster_replaced_process_by_process_and_rolled_back_under_calls_fails_none()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.PostgreSql);
        await using var cluster = await TwoAndTwo(database.Options, Before);
        await LosesNothing(
            [.. cluster.Gateways.Select(gateway => gateway.Url)],
            database,
            async book =>
            {
                foreach (var member in cluster.Silos.Concat(cluster.Gateways))
                {
                    var enough = book.CompletedCount + 1;
                    await Replace(member, database, book);
                    await Wait.Until(
                        "Calls go on", () => Task.FromResult(book.CompletedCount >= enough), RoundLimit);
                }
            },
            ForthAndBack);
    }

    private static async Task<ServerCluster> TwoAndTwo(StorageOptions storage, string? program = null)
    {
        var settings = SettingsFor(storage);
        // As many as there are people: each gateway that starts puts every account in place before it opens.
        settings["Accounts:LoadAccounts"] =
            Number("VRS_CRASH_CALLERS", CallersUsual).ToString(CultureInfo.InvariantCulture);
        var cluster = new ServerCluster(storage, more: settings) { Program = program };
        await cluster.StartTwoAndTwo();
        return cluster;
    }

    private static string NameOf(int number) => number switch
    {
        < 2 => $"silo {number + 1}",
        < 4 => $"gateway {number - 1}",
        _ => "PostgreSQL",
    };
}
