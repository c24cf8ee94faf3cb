using System.Text.Json.Serialization;
using Vrs.Grains.Domain.Records;

namespace Vrs.Grains.Domain.Queues;

/// <summary>Everything a queue can owe to others. Closed; stored with the state until done.</summary>
[JsonDerivedType(typeof(Reserve), "reserve")]
[JsonDerivedType(typeof(TellReserved), "tell-reserved")]
[JsonDerivedType(typeof(Release), "release")]
[JsonDerivedType(typeof(MoveOn), "move-on")]
[JsonDerivedType(typeof(Explain), "explain")]
public abstract record QueueEffect
{
    private QueueEffect()
    {
    }

    /// <summary>Effects of one lane are done in order; lanes don't wait for each other.</summary>
    [JsonIgnore]
    public string Lane => this switch
    {
        Reserve reserve => $"interpreter/{reserve.Interpreter}",
        Release release => $"interpreter/{release.Interpreter}",
        TellReserved told => $"call/{told.Call}",
        MoveOn moved => $"call/{moved.Call}",
        Explain => "decisions",
        _ => throw new InvalidOperationException($"{GetType().Name} has no lane."),
    };

    /// <summary>Ask the interpreter to be held for the call.</summary>
    public sealed record Reserve(CallId Call, long Offer, InterpreterId Interpreter, long Stint) : QueueEffect;

    /// <summary>Tell the call who is held for it.</summary>
    public sealed record TellReserved(CallId Call, Reservation Reservation) : QueueEffect;

    /// <summary>The call went away meanwhile: let her go.</summary>
    public sealed record Release(CallId Call, long Offer, InterpreterId Interpreter) : QueueEffect;

    /// <summary>The call has left this line: it is to stand in the other pool's, with the age it has.</summary>
    public sealed record MoveOn(CallId Call, PoolId Pool, DateTimeOffset Since) : QueueEffect;

    /// <summary>Write down why this interpreter was reserved for this call.</summary>
    public sealed record Explain(AllocationDecision Decision) : QueueEffect;
}
