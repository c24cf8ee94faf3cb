using System.CommandLine;
using Vrs.Bench.Idle;
using Vrs.Bench.Load;
using Vrs.Bench.Load.Hostile;
using Vrs.Bench.Queues;
using Vrs.Bench.Sip;
using Vrs.Bench.Soak;
using Vrs.Bench.Storage;

var commands = new RootCommand("Load and measurements of the relay service.")
{
    LoadCommand.Create(), CodecCommand.Create(), QueueCommand.Create(), SoakCommand.Create(Console.Out),
    StepsCommand.Create(), IdleCommand.Create(), IdleCommand.CreateEcho(), SiegeCommand.Create(),
};
return await commands.Parse(args).InvokeAsync();
