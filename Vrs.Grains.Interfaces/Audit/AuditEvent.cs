namespace Vrs.Grains.Interfaces.Audit;

/// <summary>
/// One thing that was done, or refused: who did what to which call, when, from where, with what outcome. Never what was
/// said or shown: no message, no session description, no credential.
/// </summary>
/// <param name="Subject">Whose numbers these are: <c>call:ID</c>, <c>interpreter:USER</c>, <c>gateway:RUN</c>.</param>
/// <param name="Number">Rises within the subject; the same subject and number are the same event.</param>
/// <param name="At">When.</param>
/// <param name="Actor">The user, or <c>system</c>, or <c>unknown</c>.</param>
/// <param name="Role">In which role: caller, interpreter, phone, callee, operator, auditor, system, unknown.</param>
/// <param name="Action">What, e.g. <c>call.offer_accepted</c>, <c>sign_in</c>.</param>
/// <param name="Outcome"><c>done</c>, or why not.</param>
/// <param name="Call">Which call, if any.</param>
/// <param name="Session">Its Session-ID.</param>
/// <param name="Address">The network address it came from, where that is known.</param>
/// <param name="Detail">What else there is to say in a few words.</param>
[GenerateSerializer, Immutable, Alias("vrs.AuditEvent")]
public sealed record AuditEvent(
    [property: Id(0)] string Subject,
    [property: Id(1)] long Number,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string Actor,
    [property: Id(4)] string Role,
    [property: Id(5)] string Action,
    [property: Id(6)] string Outcome,
    [property: Id(7)] CallId? Call = null,
    [property: Id(8)] SessionId? Session = null,
    [property: Id(9)] string? Address = null,
    [property: Id(10)] string? Detail = null)
{
    /// <summary>The outcome of what was done.</summary>
    public const string Done = "done";

    /// <summary>Who acts when nobody does: a deadline, a recovery.</summary>
    public const string System = "system";

    /// <summary>Somebody who has not said who she is, or was not believed.</summary>
    public const string Unknown = "unknown";
}
