using Vrs.Silo.Commands;

return await VrsCommands.Build().Parse(args).InvokeAsync(new()
{
    // The host itself listens for SIGTERM and Ctrl-C and drains; nobody else may cut that short.
    ProcessTerminationTimeout = null,
});
