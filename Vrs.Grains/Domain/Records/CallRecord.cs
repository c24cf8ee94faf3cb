using Vrs.Grains.Domain.Calls;

namespace Vrs.Grains.Domain.Records;

/// <summary>
/// The record of one call: the fields of 47 CFR 64.604(c)(5)(iii)(D)(2) and what speed-of-answer reports need.
/// Computed, never edited; no content.
/// </summary>
public sealed record CallRecord
{
    /// <summary>The call; a record is written once for each. The store gives the record its sequence number.</summary>
    public required CallId Call { get; init; }

    public required SessionId Session { get; init; }

    /// <summary>CA ids of everybody who served, comma separated in order; empty when nobody did.</summary>
    public required string CaId { get; init; }

    public required CallDirection Direction { get; init; }

    public required PriorityClass Priority { get; init; }

    public required PoolId Pool { get; init; }

    public required EndReason EndReason { get; init; }

    /// <summary>When the call arrived.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>When the first interpreter answered; null when nobody did.</summary>
    public required DateTimeOffset? AnsweredAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The interpreter's time with the call; null when nobody answered.</summary>
    public required DateTimeOffset? SessionStart { get; init; }

    public required DateTimeOffset? SessionEnd { get; init; }

    /// <summary>The time all parties were connected; null when they never were.</summary>
    public required DateTimeOffset? ConversationStart { get; init; }

    public required DateTimeOffset? ConversationEnd { get; init; }

    public required string? IncomingNumber { get; init; }

    public required string? IncomingAddress { get; init; }

    public required string? OutboundNumber { get; init; }

    public required string? OutboundAddress { get; init; }

    /// <summary>In whole seconds, as the timestamps say.</summary>
    public required long SessionSeconds { get; init; }

    /// <inheritdoc cref="SessionSeconds"/>
    public required long ConversationSeconds { get; init; }

    /// <summary>Where the call was handled: call centre or home workstation.</summary>
    public required string HandlingLocation { get; init; }

    /// <summary>The URL through which the call was initiated.</summary>
    public required string Url { get; init; }

    /// <summary>How often the interpreter was relieved by another, losses not counted; null for never.</summary>
    public long? Reliefs { get; init; }

    /// <summary>
    /// How many of those came before her minimum stay was over (47 CFR 64.604(a)(1)(v)); null for none.
    /// </summary>
    public long? EarlyReliefs { get; init; }

    /// <summary>How often relief was asked for before then, whatever came of it; null for never.</summary>
    public long? EarlyReliefRequests { get; init; }

    /// <summary>
    /// Whom the Deaf party wished for, e.g. <c>gender=female;named=ines;wait=60</c>; null when nobody.
    /// </summary>
    public string? Preference { get; init; }

    /// <summary>What she had agreed to otherwise; null when she wished for nobody.</summary>
    public PreferenceFallback? PreferenceConsent { get; init; }

    /// <summary>What became of it; null when she wished for nobody.</summary>
    public WishOutcome? PreferenceOutcome { get; init; }

    /// <summary>The record of a call that is over.</summary>
    /// <param name="state">The call; its phase is Ended.</param>
    /// <param name="handlingLocation">Where it was handled.</param>
    public static CallRecord Of(CallState state, string handlingLocation)
    {
        var facts = state.Facts;
        var ended = facts.EndedAt
            ?? throw new InvalidOperationException($"Call {state.Call} is not over: {state.Phase} has no record.");
        return new CallRecord
        {
            Call = state.Call,
            Session = state.Session,
            CaId = string.Join(',', facts.CaIds),
            Direction = state.Direction,
            Priority = state.Priority,
            Pool = state.Pool,
            EndReason = state.EndReason,
            ArrivedAt = state.StartedAt,
            AnsweredAt = facts.AnsweredAt,
            EndedAt = ended,
            SessionStart = facts.AnsweredAt,
            SessionEnd = facts.AnsweredAt is null ? null : ended,
            ConversationStart = facts.ConversationStart,
            ConversationEnd = facts.ConversationEnd,
            IncomingNumber = state.Caller?.Number,
            IncomingAddress = state.Caller?.Address,
            OutboundNumber = facts.OutboundNumber,
            OutboundAddress = facts.OutboundAddress,
            SessionSeconds = Seconds(facts.AnsweredAt, ended),
            ConversationSeconds = Seconds(facts.ConversationStart, facts.ConversationEnd),
            HandlingLocation = handlingLocation,
            Url = state.Url,
            Reliefs = CountOrNull(facts.Reliefs),
            EarlyReliefs = CountOrNull(facts.EarlyReliefs),
            EarlyReliefRequests = CountOrNull(facts.EarlyRequests),
            Preference = state.Preference is { } wish ? Wishes.Write(wish) : null,
            PreferenceConsent = state.Preference?.Fallback,
            PreferenceOutcome = state.Preference is null ? null : Wishes.OutcomeOf(state),
        };
    }

    private static long? CountOrNull(int count) => count == 0 ? null : count;

    /// <summary>
    /// Durations are differences of what is printed, so that they agree with the timestamps to the second.
    /// </summary>
    private static long Seconds(DateTimeOffset? from, DateTimeOffset? to) =>
        from is { } start && to is { } end ? end.ToUnixTimeSeconds() - start.ToUnixTimeSeconds() : 0;
}
