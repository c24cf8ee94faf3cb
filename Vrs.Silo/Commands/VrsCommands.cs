using System.CommandLine;
using Vrs.Silo.Hosting;

namespace Vrs.Silo.Commands;

/// <summary>The command line of the program.</summary>
internal static class VrsCommands
{
    private static readonly Option<string?> Role = new("--role")
    {
        Description = "what this process does: grains, gateway or both (default)",
        HelpName = "ROLE",
    };

    private static readonly Option<string?> Listen = new("--listen")
    {
        Description = "where browsers reach it, e.g. https://0.0.0.0:8443",
        HelpName = "URL",
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "folder for its data (default ./data)",
        HelpName = "FOLDER",
    };

    private static readonly Option<string?> Config = new("--config")
    {
        Description = "a further JSON file with settings",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "one setting, e.g. Gateway:SipDomain=vrs.example.org; may be repeated",
        HelpName = "NAME=VALUE",
    };

    /// <summary>The root command with everything below it.</summary>
    public static RootCommand Build()
    {
        var root = new RootCommand("Video relay service: runs the server, or checks what it is given.");
        foreach (var option in new Option[] { Role, Listen, Data, Config, Set })
        {
            option.Recursive = true;
            root.Options.Add(option);
        }

        root.SetAction((line, stop) => RunCommand.Run(Arguments(line), stop));
        root.Subcommands.Add(Leaf("run", "run the server (default)", RunCommand.Run));
        root.Subcommands.Add(
            Leaf("health", "ask the server of this machine whether it can serve calls", HealthCommand.Run));
        root.Subcommands.Add(new Command("validate", "check something and start nothing")
        {
            Leaf("config", "every section of the configuration; all faults at once", ValidateConfigCommand.Run),
            Leaf("state", "the call, interpreter and queue machines and their pages", ValidateStateCommand.Run),
            Trace(),
        });
        root.Subcommands.Add(new Command("records", "read the call records")
        {
            Export(),
            Leaf("verify", "check every record and the chain of seals", RecordsCommand.Verify),
        });
        root.Subcommands.Add(new Command("audit", "read the audit trail")
        {
            ExportAudit(),
            Leaf("verify", "check every event and the chain of seals", AuditCommand.Verify),
        });
        root.Subcommands.Add(
            Leaf("hash-password", "read a password, print its hash for Accounts:Users", HashPasswordCommand.Run));
        return root;
    }

    private static Option<DateOnly> From() =>
        new("--from") { Description = "first UTC day, yyyy-MM-dd", Required = true };

    private static Option<DateOnly> To() =>
        new("--to") { Description = "UTC day after the last, yyyy-MM-dd", Required = true };

    private static Command ExportAudit()
    {
        var (from, to) = (From(), To());
        var command = new Command("export", "write sealed events of a time to standard output, one JSON object a line")
        {
            from, to,
        };
        command.SetAction((line, stop) =>
            AuditCommand.Export(Arguments(line), line.GetValue(from), line.GetValue(to), stop));
        return command;
    }

    private static Command Export()
    {
        var (from, to) = (From(), To());
        var format = new Option<string>("--format")
        {
            Description = "csv, or json with one object on each line",
            DefaultValueFactory = _ => "csv",
        };
        format.AcceptOnlyFromAmong("csv", "json");
        var command = new Command("export", "write records of calls that ended in a time to standard output")
        {
            from, to, format,
        };
        command.SetAction((line, stop) => RecordsCommand.Export(
            Arguments(line), line.GetValue(from), line.GetValue(to), line.GetValue(format)!, stop));
        return command;
    }

    private static Command Trace()
    {
        var paths = new Argument<string[]>("FILE")
        {
            Description = "JSON log of one server, or a folder with such files (*.log)",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("trace", "logs, against the tables of the machines") { paths };
        command.SetAction((line, stop) => ValidateTraceCommand.Run(line.GetValue(paths) ?? [], stop));
        return command;
    }

    private static Command Leaf(string name, string description, Func<HostArguments, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        command.SetAction((line, stop) => run(Arguments(line), stop));
        return command;
    }

    private static HostArguments Arguments(ParseResult line)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Take(RolesSetting.Name, line.GetValue(Role));
        Take("Gateway:Listen", line.GetValue(Listen));
        Take("Storage:DataFolder", line.GetValue(Data));
        foreach (var pair in line.GetValue(Set) ?? [])
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            Take(at < 0 ? pair : pair[..at], at < 0 ? "" : pair[(at + 1)..]);
        }

        return new HostArguments(settings, line.GetValue(Config), IsCommandLine: true);

        void Take(string name, string? value)
        {
            if (value is not null)
            {
                settings[name] = value;
            }
        }
    }
}
