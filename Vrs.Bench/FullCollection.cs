using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Vrs.Bench;

/// <summary>
/// Full garbage collections in another process of this user. How much a process holds that it does not use depends on
/// what it did before; what is left afterwards does not, so that two processes can be compared.
/// </summary>
internal static class FullCollection
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";

    /// <summary>The keyword that makes the runtime collect everything as a session begins: GCHeapCollect.</summary>
    private const long HeapCollect = 0x800000;

    /// <summary>The collector gives back memory that stayed free for some twenty collections.</summary>
    private const int Rounds = 25;

    private const int BufferMegabytes = 16;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Collects until what is free is given back; the process may be at the last when this returns.</summary>
    /// <param name="processId">A .NET process of this user on this machine.</param>
    /// <exception cref="ServerNotAvailableException">There is no such process.</exception>
    public static async Task UntilGivenBack(int processId)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await Once(processId);
        }
    }

    /// <summary>Collects once; the process may still be at it when this returns.</summary>
    /// <param name="processId">A .NET process of this user on this machine.</param>
    /// <exception cref="ServerNotAvailableException">There is no such process.</exception>
    public static async Task Once(int processId)
    {
        var provider = new EventPipeProvider(Runtime, EventLevel.Informational, HeapCollect);
        using var deadline = new CancellationTokenSource(Longest);
        using var session = await new DiagnosticsClient(processId).StartEventPipeSessionAsync(
            provider, requestRundown: false, BufferMegabytes, deadline.Token);
        var events = session.EventStream.CopyToAsync(Stream.Null, deadline.Token);
        await session.StopAsync(deadline.Token);
        await events;
    }
}
