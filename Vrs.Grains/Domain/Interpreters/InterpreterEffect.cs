using System.Text.Json.Serialization;

namespace Vrs.Grains.Domain.Interpreters;

/// <summary>Everything an interpreter can owe to others. Closed; stored with the state until done.</summary>
[JsonDerivedType(typeof(TellFree), "tell-free")]
[JsonDerivedType(typeof(TellGone), "tell-gone")]
[JsonDerivedType(typeof(TellAccepted), "tell-accepted")]
[JsonDerivedType(typeof(TellDeclined), "tell-declined")]
[JsonDerivedType(typeof(ShowOffer), "show-offer")]
[JsonDerivedType(typeof(HideOffer), "hide-offer")]
public abstract record InterpreterEffect
{
    private InterpreterEffect()
    {
    }

    /// <summary>Effects of one lane are done in order; lanes don't wait for each other.</summary>
    [JsonIgnore]
    public string Lane => this switch
    {
        TellFree free => $"pool/{free.Pool}",
        TellGone gone => $"pool/{gone.Pool}",
        TellAccepted accepted => $"call/{accepted.Call}",
        TellDeclined declined => $"call/{declined.Call}",
        ShowOffer or HideOffer => "console",
        _ => throw new InvalidOperationException($"{GetType().Name} has no lane."),
    };

    /// <summary>She is free to serve this pool.</summary>
    public sealed record TellFree(PoolId Pool, long Stint, ImmutableArray<string> Skills) : InterpreterEffect;

    /// <summary>She is no longer free.</summary>
    public sealed record TellGone(PoolId Pool, long Stint) : InterpreterEffect;

    /// <summary>She accepted.</summary>
    public sealed record TellAccepted(CallId Call, long Offer) : InterpreterEffect;

    /// <summary>She declined, or went away.</summary>
    public sealed record TellDeclined(CallId Call, long Offer) : InterpreterEffect;

    /// <summary>The offer appears on her pages.</summary>
    public sealed record ShowOffer(OfferView Offer) : InterpreterEffect;

    /// <summary>The offer disappears from her pages.</summary>
    public sealed record HideOffer(CallId Call, long Offer, ReleaseReason Reason) : InterpreterEffect;
}
