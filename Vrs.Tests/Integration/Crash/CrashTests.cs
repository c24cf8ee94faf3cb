using System.Globalization;
using Vrs.Bench.Headless;
using Vrs.Silo.Records;
using Vrs.Silo.Storage;
using Vrs.Tests.Engine.Storage;
using Vrs.Tests.Host;
using Xunit.Abstractions;

namespace Vrs.Tests.Integration.Crash;

/// <summary>
/// The server's process, PostgreSQL, or both are killed again and again while people call. No conversation is cut,
/// nobody loses her place, no interpreter is stranded, and every call has one record.
/// </summary>
[Trait("Suite", "Crash")]
public sealed partial class CrashTests(ITestOutputHelper output)
{
    private const int CallersUsual = 8;
    private const int RoundsUsual = 3;
    private static readonly TimeSpan RoundLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(6);

    [Fact]
    public Task Killed_again_and_again_over_SQLite_it_loses_nothing() =>
        LosesNothing(DatabaseProvider.Sqlite, Kill, RoundsUsual);

    [OwnPostgreSqlFact]
    public async Task Killed_again_and_again_over_PostgreSql_that_is_killed_too_it_loses_nothing()
    {
        await using var postgreSql = await PostgreSqlProcess.Make();
        await using var database = await TemporaryDatabase.Make(postgreSql);
        await LosesNothing(
            database, (server, _, book) => Kill((Victim)book.Between(0, 2), server, postgreSql), RoundsUsual);
    }

    private static Dictionary<string, string> SettingsFor(StorageOptions storage)
    {
        var settings = new Dictionary<string, string>(BrowserCall.IsWanted ? BrowserCall.Settings() : [])
        {
            ["Storage:Provider"] = storage.Provider.ToString(),
            ["Storage:OutageHold"] = "00:00:02",
            ["Accounts:LoadAccounts"] = "500",
            ["Accounts:HashIterations"] = "10000",
            ["Calls:AdmissionTimeout"] = "00:01:00",
            ["Calls:SetupTimeout"] = "00:01:00",
            ["Calls:FlowGrace"] = "00:01:00",
            ["Interpreters:ConsoleGrace"] = "00:01:00",
            ["Drain:Limit"] = DrainLimit.ToString(),
            // All of them come back at once from one address, which usually is an attack, and hardly any would get in.
            ["Gateway:Admission:MaxHandshakesPerAddress"] = "10000",
            ["Gateway:Admission:Upgrade:Address:PerSecond"] = "1000",
            ["Gateway:Admission:Request:Address:PerSecond"] = "1000",
        };
        if (storage.Provider is DatabaseProvider.Sqlite)
        {
            settings["Storage:DataFolder"] = storage.DataFolder;
        }
        else
        {
            settings["Storage:ConnectionString"] = storage.ConnectionString!;
        }

        return settings;
    }

    private static Task Kill(ServerProcess server, TemporaryDatabase database, CrashBook book) =>
        Kill(Victim.Server, server, null);

    private static async Task Kill(Victim victim, ServerProcess server, PostgreSqlProcess? postgreSql)
    {
        if (victim is not Victim.Server)
        {
            await postgreSql!.Kill();
        }

        if (victim is not Victim.Database)
        {
            await server.Kill();
        }

        if (victim is not Victim.Server)
        {
            await postgreSql!.Start();
        }

        if (victim is not Victim.Database)
        {
            await server.Start();
        }
    }

    private async Task LosesNothing(
        DatabaseProvider provider,
        Func<ServerProcess, TemporaryDatabase, CrashBook, Task> interrupt,
        int roundsUsual,
        string? program = null)
    {
        await using var database = await TemporaryDatabase.Make(provider);
        await LosesNothing(database, interrupt, roundsUsual, program);
    }

    private async Task LosesNothing(
        TemporaryDatabase database,
        Func<ServerProcess, TemporaryDatabase, CrashBook, Task> interrupt,
        int roundsUsual,
        string? program = null)
    {
        await using var server = await ServerProcess.Start(SettingsFor(database.Options), program);
        await LosesNothing([server.Url], database, book => interrupt(server, database, book), roundsUsual);
    }

    /// <param name="doors">Where the service is reached: one of its processes behind each.</param>
    /// <param name="database">What it stores.</param>
    /// <param name="interrupt">What happens to it in each round.</param>
    /// <param name="roundsUsual">How many, unless another number is asked for.</param>
    private async Task LosesNothing(
        IReadOnlyList<Uri> doors, TemporaryDatabase database, Func<CrashBook, Task> interrupt, int roundsUsual)
    {
        var book = new CrashBook(Number("VRS_CRASH_SEED", Random.Shared.Next(1_000_000)));
        var (callers, rounds) = (Number("VRS_CRASH_CALLERS", CallersUsual), Number("VRS_CRASH_ROUNDS", roundsUsual));
        output.WriteLine($"Repeat with: ./vrs crash --seed {book.Seed} --callers {callers} --rounds {rounds}");
        await using var browser = BrowserCall.IsWanted ? await BrowserCall.Connect(doors[0]) : null;
        using var over = new CancellationTokenSource();
        var people = Gather(doors, callers, book);
        var lives = people.Select(person => person.Live(over.Token)).ToList();

        for (var round = 1; round <= rounds; round++)
        {
            var enough = book.CompletedCount + book.Between(1, callers);
            await Wait.Until(
                $"Call {enough} is completed", () => Task.FromResult(book.CompletedCount >= enough), RoundLimit);
            await interrupt(book);
            output.WriteLine($"round {round}: {book.PlacedCount} calls placed, {book.CompletedCount} completed");
        }

        output.WriteLine($"Connections lost or not had: {book.Interruptions}");
        book.StopCalling();
        await EverybodyIsIdle(people, lives);
        Assert.True(book.LostCalls.Count == 0, string.Join('\n', book.LostCalls));
        if (browser is not null)
        {
            output.WriteLine($"In the browsers, media stood still, in ms: {await browser.End()}");
        }

        await EverybodyIsFree(doors[0]);
        await over.CancelAsync();
        await Task.WhenAll(lives);

        Assert.Empty(people.SelectMany(person => person.Faults));
        database.Database.ForgetConnections();
        await EveryCallHasItsRecord(database.Database, book);
    }

    private static List<Survivor> Gather(IReadOnlyList<Uri> doors, int callers, CrashBook book) =>
    [
        .. Enumerable.Range(0, callers).SelectMany(number => (Survivor[])
        [
            new SurvivingPhone(doors, $"load-phone-{number:000}", book),
            new SurvivingInterpreter(doors, $"load-interp-{number:000}", book),
            new SurvivingCaller(doors, $"load-caller-{number:000}", $"+1555{3_000_000 + number}", book),
        ]),
    ];

    private async Task EverybodyIsIdle(List<Survivor> people, List<Task> lives)
    {
        try
        {
            await Wait.Until(
                "Everybody is back and idle", () => Task.FromResult(people.All(person => person.IsAtRest)), EndLimit);
        }
        catch (TimeoutException)
        {
            foreach (var (person, life) in people.Zip(lives).Where(one => !one.First.IsAtRest))
            {
                output.WriteLine($"{person}; {life.Exception?.GetBaseException().ToString() ?? "lives"}");
            }

            throw;
        }
    }

    /// <summary>What an operator sees: no call, nobody in line, no interpreter with a call.</summary>
    private static async Task EverybodyIsFree(Uri server)
    {
        using var http = SignedIn.HttpFor(server);
        var olga = await SignedIn.SignIn(http, "olga", VrsServer.Password);
        await using var page = await HeadlessConsole.Connect(server, olga.AccessToken, "/hubs/operations");
        await page.Boards.First(
            "a board with no call and every interpreter free",
            board => board.Calls.Count == 0
                && board.Interpreters.All(interpreter => interpreter.Call is null)
                && board.Queues.All(line => line.Waiting + line.Reserved == 0),
            EndLimit);
    }

    private async Task EveryCallHasItsRecord(Database database, CrashBook book)
    {
        var audit = new RecordAudit(ErasedRecords.None);
        var records = new List<CallRecordRow>();
        var recorded = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var record in new RecordReader(database).All(CancellationToken.None))
        {
            audit.Look(record);
            records.Add(record);
            Assert.True(recorded.Add(record.call_id), $"Call {record.call_id} has two records.");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{book.PlacedCount} calls placed, {book.CompletedCount} completed, {recorded.Count} records, "
            + $"{book.RefusedCount} refused for the time being."));
        Assert.Empty(book.Calls.Except(recorded));
        if (BrowserCall.IsWanted)
        {
            BrowserCall.Judge(records);
        }

        Assert.Empty(audit.Faults);
    }

    private enum Victim
    {
        Server,
        Database,
        Both,
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : usual;
}
