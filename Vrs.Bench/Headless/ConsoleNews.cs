using System.Collections.Immutable;

namespace Vrs.Bench.Headless;

/// <summary>A call as the console hub tells it, as far as a headless page reads it; values as in the JSON.</summary>
/// <param name="Call">The call.</param>
/// <param name="Session">Its Session-ID.</param>
/// <param name="Version">Rises with every change.</param>
/// <param name="Phase">Where it stands, e.g. <c>queued</c>.</param>
/// <param name="DialedNumber">The number last dialed.</param>
/// <param name="InterpreterName">The interpreter's display name, or null.</param>
/// <param name="Queue">Place in line, or null.</param>
/// <param name="CallerAway">The caller's connection was lost while waiting.</param>
/// <param name="CalleeStatus">The status that ended the last attempt to reach the callee, or 0.</param>
/// <param name="EndReason">Why it ended, or <c>none</c>.</param>
/// <param name="Legs">Its legs, in order of number.</param>
/// <param name="Colleague">A second interpreter, or null.</param>
/// <param name="ColleagueOutcome">What came of the last search for one.</param>
/// <param name="Priority">Its class, e.g. <c>emergency</c>.</param>
public sealed record CallNews(
    string Call,
    string Session,
    long Version,
    string Phase,
    string DialedNumber,
    string? InterpreterName,
    QueueNews? Queue,
    bool CallerAway,
    int CalleeStatus,
    string EndReason,
    ImmutableArray<LegNews> Legs,
    ColleagueNews? Colleague = null,
    string ColleagueOutcome = "none",
    string Priority = "standard");

/// <summary>A leg of a call.</summary>
/// <param name="Role">Its part, e.g. <c>callee</c>.</param>
/// <param name="State">Where it stands, e.g. <c>established</c>.</param>
/// <param name="Hold">Its party holds the other side; null when not.</param>
public sealed record LegNews(string Role, string State, HoldNews? Hold);

/// <summary>A hold.</summary>
/// <param name="IsLong">Whether it has lasted longer than it should.</param>
public sealed record HoldNews(bool IsLong);

/// <summary>A second interpreter.</summary>
/// <param name="Purpose"><c>relief</c> or <c>support</c>.</param>
/// <param name="Stage">How far she has come, e.g. <c>sought</c>.</param>
/// <param name="Interpreter">Who, once she accepted.</param>
/// <param name="Early">Whether relief was asked for before the first one's minimum stay was over.</param>
public sealed record ColleagueNews(string Purpose, string Stage, string? Interpreter, bool Early);

/// <summary>A place in line.</summary>
/// <param name="Position">1 is next.</param>
/// <param name="Waiting">How many wait.</param>
public sealed record QueueNews(int Position, int Waiting);

/// <summary>An interpreter's own status.</summary>
/// <param name="Version">Rises with every change.</param>
/// <param name="Status">What she is doing, e.g. <c>available</c>.</param>
/// <param name="ConsoleReady">Whether her SIP device is registered.</param>
/// <param name="Call">The call she is reserved for or serving, or null.</param>
/// <param name="MissedOffers">Offers missed in a row.</param>
/// <param name="DeadlineNumber">The number of her deadline, which an extension must name.</param>
public sealed record InterpreterNews(
    long Version,
    string Status,
    bool ConsoleReady,
    string? Call,
    int MissedOffers,
    long DeadlineNumber = 0,
    string? Console = null,
    DateTimeOffset? BreakDueSince = null);

/// <summary>An offer on an interpreter's console.</summary>
/// <param name="Call">The call.</param>
/// <param name="Offer">The offer's number.</param>
/// <param name="CallerName">The caller's display name.</param>
/// <param name="DialedNumber">The number dialed.</param>
/// <param name="Priority">The call's class, e.g. <c>emergency</c>.</param>
public sealed record OfferNews(
    string Call, long Offer, string CallerName, string DialedNumber, string Priority = "standard");

/// <summary>An offer that is no longer open.</summary>
/// <param name="Call">The call.</param>
/// <param name="Offer">The offer's number.</param>
/// <param name="Reason">Why, e.g. <c>missed</c>.</param>
public sealed record WithdrawalNews(string Call, long Offer, string Reason);

/// <summary>The operations board, as far as a headless page reads it.</summary>
/// <param name="Version">Rises with every change.</param>
/// <param name="Calls">Live calls.</param>
/// <param name="Queues">Lines by pool.</param>
/// <param name="Interpreters">Interpreters who are signed in.</param>
public sealed record BoardNews(
    long Version,
    IReadOnlyList<CallNews> Calls,
    IReadOnlyList<LineNews> Queues,
    IReadOnlyList<InterpreterNews> Interpreters)
{
    /// <summary>In words, for a failure.</summary>
    public override string ToString() =>
        $"board {Version}: calls {string.Join(", ", Calls.Select(call => $"{call.Call} {call.Phase}"))}; "
        + $"lines {string.Join(", ", Queues)}; "
        + $"busy {string.Join(", ", Interpreters.Where(news => news.Call is not null))}";
}

/// <summary>One line on the board.</summary>
/// <param name="Waiting">Calls that wait.</param>
/// <param name="Reserved">Calls for which an interpreter is being asked.</param>
public sealed record LineNews(int Waiting, int Reserved);

/// <summary>The hub said no.</summary>
/// <param name="Reason">The reason, e.g. <c>stale</c>.</param>
/// <param name="Detail">One plain sentence.</param>
public sealed record HubRefusal(string Reason, string Detail);
