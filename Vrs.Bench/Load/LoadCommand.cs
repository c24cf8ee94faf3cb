using System.CommandLine;
using System.Globalization;
using System.Net;
using Spectre.Console;
using Vrs.Bench.Load.Hostile;

namespace Vrs.Bench.Load;

/// <summary><c>load</c>: relay calls at a steady rate against a running server.</summary>
internal static class LoadCommand
{
    private const int Unset = 0;

    public static Command Create()
    {
        var url = new Option<Uri>("--url")
        {
            Description = "The server's address.",
            DefaultValueFactory = _ => new Uri("https://localhost:8443"),
            CustomParser = result =>
            {
                var text = result.Tokens.Single().Value;
                if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps)
                {
                    return uri;
                }

                result.AddError($"--url is '{text}'; write it like https://localhost:8443.");
                return null!;
            },
        };
        var rate = new Option<double>("--rate")
        {
            Description = "New calls per second.",
            DefaultValueFactory = _ => 10,
        };
        var duration = Time("--duration", "How long new calls are placed, e.g. 30s or 2m.", TimeSpan.FromSeconds(30));
        var hold = Time("--hold", "How long a call is relayed, e.g. 1s.", TimeSpan.FromSeconds(1));
        var callers = Parties("--callers", "Callers");
        var interpreters = Parties("--interpreters", "Interpreters");
        var phones = Parties("--phones", "Hearing people's phones");
        var password = new Option<string>("--password")
        {
            Description = "The password of the load accounts.",
            DefaultValueFactory = _ => "demo",
        };
        var hostile = new Option<bool>("--hostile")
        {
            Description = "Then once more under attack from other addresses of this machine; compares both.",
        };
        var command = new Command("load", "Drives relay calls against a running server and prints setup latencies.")
        {
            url, rate, duration, hold, callers, interpreters, phones, password, hostile,
        };
        command.SetAction(parsed =>
        {
            var enough = LoadOptions.PartiesFor(parsed.GetValue(rate), parsed.GetValue(hold));
            int Count(Option<int> option) => parsed.GetValue(option) is var n and not Unset ? n : enough;
            var options = new LoadOptions(
                parsed.GetValue(url)!,
                parsed.GetValue(rate),
                parsed.GetValue(duration),
                parsed.GetValue(hold),
                Count(callers),
                Count(interpreters),
                Count(phones),
                parsed.GetValue(password)!);
            return parsed.GetValue(hostile) ? RunUnderAttack(options) : Run(options);
        });
        return command;
    }

    /// <summary>Reads <c>500ms</c>, <c>30s</c> or <c>2m</c>; null when it is none of these.</summary>
    internal static TimeSpan? ReadTime(string text)
    {
        var unit = text.TrimStart([.. "0123456789."]);
        return double.TryParse(text[..^unit.Length], CultureInfo.InvariantCulture, out var number)
            ? unit switch
            {
                "ms" => TimeSpan.FromMilliseconds(number),
                "s" => TimeSpan.FromSeconds(number),
                "m" => TimeSpan.FromMinutes(number),
                _ => null,
            }
            : null;
    }

    private static async Task<int> Run(LoadOptions options)
    {
        var report = new LoadReport();
        if (!await Drive(options, report, (run, progress) =>
        {
            progress.MaxValue = options.CallCount;
            return run.PlaceCalls(progress, report);
        }))
        {
            return 1;
        }

        report.Print(AnsiConsole.Console);
        return report.IsClean ? 0 : 1;
    }

    private static async Task<int> RunUnderAttack(LoadOptions options)
    {
        if (!IsThisMachine(options.Server))
        {
            AnsiConsole.WriteLine($"--hostile attacks a server on this machine only, not {options.Server}.");
            return 1;
        }

        if (await Besiege(options) is not { } report)
        {
            return 1;
        }

        report.Print(AnsiConsole.Console);
        return report.IsGood ? 0 : 1;
    }

    /// <summary>Places calls without an attack, then as many during one.</summary>
    /// <returns>What they noticed; null when the devices cannot be set up, which is told.</returns>
    internal static async Task<SiegeReport?> Besiege(LoadOptions options)
    {
        var report = new SiegeReport();
        return await Drive(options, report.Attacked, async (run, progress) =>
        {
            progress.MaxValue = 2 * options.CallCount;
            await run.PlaceCalls(progress, report.Quiet);
            await using var siege = report.Siege = new Siege(options.Server);
            await run.PlaceCalls(progress, report.Attacked);
        })
            ? report
            : null;
    }

    private static bool IsThisMachine(Uri server) =>
        server.IsLoopback && (server.Host == "localhost" || IPAddress.TryParse(server.Host, out _));

    private static async Task<bool> Drive(
        LoadOptions options, LoadReport faults, Func<LoadRun, ProgressTask, Task> place)
    {
        try
        {
            await using var fleet = new Fleet(options);
            await AnsiConsole.Progress().StartAsync(async context =>
            {
                var assembling = context.AddTask("devices");
                var calling = context.AddTask("calls");
                await fleet.Assemble(assembling);
                await new LoadRun(options, fleet, faults).Run(run => place(run, calling));
            });
            return true;
        }
        catch (LoadFailure failure)
        {
            AnsiConsole.WriteLine(failure.Message);
            return false;
        }
    }

    private static Option<TimeSpan> Time(string name, string description, TimeSpan usual) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (ReadTime(text) is { } time)
            {
                return time;
            }

            result.AddError($"{name} is '{text}'; write it like 30s, 500ms or 2m.");
            return usual;
        },
    };

    private static Option<int> Parties(string name, string who) => new(name)
    {
        Description = $"{who}; as many as the rate needs when left out.",
        DefaultValueFactory = _ => Unset,
    };
}
