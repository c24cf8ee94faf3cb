using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Vrs.Bench.Headless;
using Vrs.Bench.Load;

namespace Vrs.Bench.Idle;

/// <summary>
/// <c>idle</c>: what a registered device that does nothing costs the server in memory, beside what a client costs a
/// bare server of secure WebSockets in the same run.
/// </summary>
internal static class IdleCommand
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var url = LoadArguments.Address("--url", "The server's address.", "https://localhost:8443");
        var process = new Option<int>("--pid") { Description = "The server's process.", Required = true };
        var clients = new Option<int>("--clients")
        {
            Description = "How many devices.",
            DefaultValueFactory = _ => 5_000,
        };
        var devices = new Option<int>("--devices")
        {
            Description = "How many of them belong to one account.",
            DefaultValueFactory = _ => 4,
        };
        var command = new Command("idle", "Memory of registered devices that do nothing, beside that of a bare server.")
        {
            url, process, clients, devices,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(url)!, parsed.GetValue(process), parsed.GetValue(clients), parsed.GetValue(devices)));
        return command;
    }

    /// <summary><c>echo</c>: the bare server, for <c>idle</c>.</summary>
    public static Command CreateEcho()
    {
        var command = new Command("echo", "A bare server of secure WebSockets, until its input ends.");
        command.SetAction(_ => EchoServer.Run());
        return command;
    }

    private static async Task<int> Run(Uri server, int processId, int clients, int devices)
    {
        var bare = await Bare(clients);
        AnsiConsole.WriteLine($"bare server: {clients} clients, {bare:0.0} KiB each");
        using var process = Process.GetProcessById(processId);
        var registered = await Registered(server, process, clients, devices);
        AnsiConsole.WriteLine($"this server: {clients} registered devices, {registered:0.0} KiB each");
        AnsiConsole.WriteLine($"ratio: {registered / bare:0.00}");
        return 0;
    }

    private static async Task<double> Bare(int clients)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { typeof(IdleCommand).Assembly.Location, "echo" },
        };
        // What every web server has unless it says otherwise, and so the one that is compared with this.
        start.Environment["DOTNET_gcServer"] = "1";
        using var process = Process.Start(start)!;
        var port = int.Parse((await process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        var address = new Uri($"wss://127.0.0.1:{port}/");
        return await MemoryEach(process, clients, async _ =>
        {
            var echoed = new TaskCompletionSource();
            var socket = new PeerSocket();
            await socket.Open(address, _ =>
            {
                echoed.TrySetResult();
                return Task.CompletedTask;
            });
            await socket.Send("\r\n\r\n");
            await echoed.Task;
            return socket;
        });
    }

    private static async Task<double> Registered(Uri server, Process process, int clients, int devices)
    {
        using var http = SignedIn.HttpFor(server);
        var accounts = await Accounts(http, (clients + devices - 1) / devices);
        return await MemoryEach(process, clients, async i =>
        {
            var account = accounts[i / devices];
            var device = new HeadlessPhone(new Uri(account.WebSocketUrl), PeerIdentity.For(account));
            await device.Connect();
            var answer = await device.Register();
            return answer.Status == 200
                ? device
                : throw new InvalidOperationException($"REGISTER answered {answer.StartLine}");
        });
    }

    /// <summary>Half of them callers, half of them phones.</summary>
    private static async Task<SignedIn[]> Accounts(HttpClient http, int count)
    {
        var accounts = new SignedIn[count];
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = AtOnce };
        await Parallel.ForAsync(0, count, atOnce, async (i, _) =>
            accounts[i] = await SignedIn.SignIn(
                http, $"load-{(i % 2 == 0 ? "caller" : "phone")}-{i / 2:000}", "demo"));
        return accounts;
    }

    /// <summary>By how many KiB the process grows for each client that connects and then is silent.</summary>
    private static async Task<double> MemoryEach(
        Process process, int clients, Func<int, Task<IAsyncDisposable>> connect)
    {
        // The first few bring what is compiled and made once.
        var connected = new List<IAsyncDisposable>();
        await Connect(0, clients / 20);
        var before = await Resident(process);
        await Connect(clients / 20, clients);
        var after = await Resident(process);
        await Parallel.ForEachAsync(connected, (client, _) => client.DisposeAsync());
        return (after - before) / 1024.0 / (clients - (clients / 20));

        Task Connect(int from, int to) => Parallel.ForAsync(
            from,
            to,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, _) =>
            {
                var client = await connect(i);
                lock (connected)
                {
                    connected.Add(client);
                }
            });
    }

    /// <summary>What the process holds, without what it would give back as soon as it had to.</summary>
    private static async Task<long> Resident(Process process)
    {
        await FullCollection.UntilGivenBack(process.Id);
        await Task.Delay(Settling);
        process.Refresh();
        return process.WorkingSet64;
    }
}
