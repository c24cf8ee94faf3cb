using System.CommandLine;
using Vrs.Bench.Load;

return await new RootCommand("Load generator of the relay service.") { LoadCommand.Create() }.Parse(args).InvokeAsync();
