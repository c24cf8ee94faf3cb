using Orleans;
using Orleans.Runtime;
using Vrs.Silo.Embedded.Runtime;

namespace Vrs.Silo.Cluster;

/// <summary>Measures how long grains take, and which of them are overwhelmed, as the embedded engine does.</summary>
/// <param name="time">The clock.</param>
internal sealed class MeasuredCalls(TimeProvider time) : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
{
    /// <summary>Where our grains are; Orleans has grains of its own, which its own instruments measure.</summary>
    private const string OurNamespaces = "Vrs.";

    /// <summary>A grain serves a request.</summary>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (!IsOurs(context))
        {
            await context.Invoke();
            return;
        }

        var begun = time.GetTimestamp();
        try
        {
            await context.Invoke();
        }
        finally
        {
            EngineInstruments.Turn.Record(time.GetElapsedTime(begun).TotalSeconds, LabelOf(context));
        }
    }

    /// <summary>A request goes to a grain; one that is refused there never gets to be served.</summary>
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (LimitExceededException)
        {
            EngineInstruments.Refused.Add(1, LabelOf(context));
            throw;
        }
    }

    private static bool IsOurs(IGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType?.Namespace?.StartsWith(OurNamespaces, StringComparison.Ordinal) is true;

    /// <summary>The name of the class in storage, which both engines know it by.</summary>
    private static KeyValuePair<string, object?> LabelOf(IGrainCallContext context) =>
        new("grain", context.TargetId.Type.ToString());
}
