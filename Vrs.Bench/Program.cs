using System.CommandLine;
using Vrs.Bench.Load;
using Vrs.Bench.Queues;
using Vrs.Bench.Sip;
using Vrs.Bench.Soak;

var commands = new RootCommand("Load and measurements of the relay service.")
{
    LoadCommand.Create(), CodecCommand.Create(), QueueCommand.Create(), SoakCommand.Create(),
};
return await commands.Parse(args).InvokeAsync();
