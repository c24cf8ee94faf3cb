using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Records;
using Vrs.Silo.Storage;

namespace Vrs.Tests.Simulation;

/// <summary>
/// A fault put between the production grains and the world, to see that the auditor finds it. A healthy world has
/// <see cref="None"/>.
/// </summary>
internal class Plant
{
    public static Plant None { get; } = new();

    /// <summary>Every fault there is, by name.</summary>
    public static IReadOnlyDictionary<string, Plant> ByName { get; } = new SortedDictionary<string, Plant>
    {
        ["offer-number-ignored"] = new OfferNumberIgnored(),
        ["record-written-twice"] = new RecordWrittenTwice(),
        ["release-forgotten"] = new Forgotten<CallState, CallEffect>(
            "call", kept => kept.Outbox = kept.Outbox.RemoveAll(owed => owed.Effect is CallEffect.ReleaseInterpreter)),
        ["waiting-caller-passed-over"] = new PassedOver(),
    };

    /// <summary>Settings of the process that are not as they should be.</summary>
    public virtual IEnumerable<KeyValuePair<string, string?>> Settings => [];

    /// <summary>The storage that grains get.</summary>
    public virtual IStateStorage Over(IStateStorage storage) => storage;

    /// <summary>The call records that grains get.</summary>
    public virtual ICallRecords Over(FaultyRecords records) => records;

    /// <summary>An interpreter's grain as her page gets it; and what that grain last stored as held.</summary>
    public virtual IInterpreterGrain Over(IInterpreterGrain interpreter, Func<HeldOffer?> held) => interpreter;
}
