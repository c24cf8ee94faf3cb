using System.Text.Json.Serialization;

namespace Vrs.Grains.Domain.Calls;

/// <summary>
/// Everything a call can owe to others. Closed; stored with the state until done, each done at least once.
/// </summary>
[JsonDerivedType(typeof(JoinQueue), "join-queue")]
[JsonDerivedType(typeof(ReturnPlace), "return-place")]
[JsonDerivedType(typeof(HoldPlace), "hold-place")]
[JsonDerivedType(typeof(LeaveQueue), "leave-queue")]
[JsonDerivedType(typeof(PresentOffer), "present-offer")]
[JsonDerivedType(typeof(ReleaseInterpreter), "release-interpreter")]
[JsonDerivedType(typeof(Attach), "attach")]
[JsonDerivedType(typeof(Detach), "detach")]
[JsonDerivedType(typeof(Progress), "progress")]
[JsonDerivedType(typeof(Locate), "locate")]
[JsonDerivedType(typeof(LocateCaller), "locate-caller")]
[JsonDerivedType(typeof(Invite), "invite")]
[JsonDerivedType(typeof(Answer), "answer")]
[JsonDerivedType(typeof(Acknowledge), "acknowledge")]
[JsonDerivedType(typeof(End), "end")]
[JsonDerivedType(typeof(WriteRecord), "write-record")]
public abstract record CallEffect
{
    private CallEffect()
    {
    }

    /// <summary>Effects of one lane are done in order; lanes don't wait for each other.</summary>
    [JsonIgnore]
    public string Lane => this switch
    {
        JoinQueue or ReturnPlace or HoldPlace or LeaveQueue => "queue",
        PresentOffer present => $"interpreter/{present.Interpreter}",
        ReleaseInterpreter release => $"interpreter/{release.Interpreter}",
        LegEffect leg => $"leg/{leg.Leg}",
        Locate locate => $"callee/{locate.User}",
        LocateCaller => "caller",
        WriteRecord => "record",
        _ => throw new InvalidOperationException($"{GetType().Name} has no lane."),
    };

    /// <summary>
    /// Stand in line, by the age of the search when <paramref name="Since"/> is there; in another line than the call's
    /// own when one is named. <paramref name="Moved"/>: the line before this one sent it on.
    /// </summary>
    public sealed record JoinQueue(
        PriorityClass Priority, DateTimeOffset? Since = null, PoolId? Pool = null, bool Moved = false) : CallEffect;

    /// <summary>The offer came to nothing: back to the old place, in the line of the pool that made it.</summary>
    public sealed record ReturnPlace(InterpreterId Interpreter, long Offer, PoolId? Pool = null) : CallEffect;

    /// <summary>Keep the place, but offer nothing meanwhile; or go on.</summary>
    public sealed record HoldPlace(bool Held) : CallEffect;

    /// <summary>Give the place up; in another line than the call's own when one is named.</summary>
    public sealed record LeaveQueue(bool Served = false, PoolId? Pool = null) : CallEffect;

    /// <summary>Put the offer on the interpreter's console.</summary>
    public sealed record PresentOffer(InterpreterId Interpreter, OfferView Offer) : CallEffect;

    /// <summary>Let the interpreter go.</summary>
    public sealed record ReleaseInterpreter(InterpreterId Interpreter, long Offer, ReleaseReason Reason) : CallEffect;

    /// <summary>Something to be done about one leg.</summary>
    public abstract record LegEffect(int Leg, UserId User, DeviceId? Device) : CallEffect;

    /// <summary>Be told when the device's connection is lost or back.</summary>
    public sealed record Attach(int Leg, UserId User, DeviceId? Device) : LegEffect(Leg, User, Device);

    /// <summary>Be told no more.</summary>
    public sealed record Detach(int Leg, UserId User, DeviceId? Device) : LegEffect(Leg, User, Device);

    /// <summary>Provisional response on a leg the device opened.</summary>
    public sealed record Progress(int Leg, UserId User, DeviceId? Device, int Status, QueuePosition? Queue)
        : LegEffect(Leg, User, Device);

    /// <summary>
    /// Find the devices of the party who is called; <paramref name="Dialer"/>: the leg on which she was dialed.
    /// </summary>
    public sealed record Locate(int Dialer, UserId User) : CallEffect;

    /// <summary>
    /// Find the devices of a caller who is called back; <paramref name="For"/>: the leg of the interpreter who waits.
    /// </summary>
    public sealed record LocateCaller(int For, UserId User) : CallEffect;

    /// <summary>
    /// Open a leg. <paramref name="OfferFrom"/>: the leg whose offer is sent; 0 asks the device for one.
    /// </summary>
    public sealed record Invite(
        int Leg,
        UserId User,
        DeviceId? Device,
        LegRole Role,
        string FromName,
        string? FromNumber,
        int OfferFrom,
        DialogState? TakesOver,
        TimeSpan RingFor) : LegEffect(Leg, User, Device);

    /// <summary>Answer a leg the device opened, with what the leg <paramref name="AnswerFrom"/> said.</summary>
    public sealed record Answer(int Leg, UserId User, DeviceId? Device, int AnswerFrom) : LegEffect(Leg, User, Device);

    /// <summary>
    /// Acknowledge a leg we opened without an offer, with what the leg <paramref name="AnswerFrom"/> said.
    /// </summary>
    public sealed record Acknowledge(int Leg, UserId User, DeviceId? Device, int AnswerFrom)
        : LegEffect(Leg, User, Device);

    /// <summary>End a leg, whatever its state.</summary>
    public sealed record End(
        int Leg,
        UserId User,
        DeviceId? Device,
        int Status,
        string Detail,
        DialogState? Dialog,
        TimeSpan? RetryAfter = null,
        bool Superseded = false)
        : LegEffect(Leg, User, Device);

    /// <summary>Write the call's record, once.</summary>
    public sealed record WriteRecord : CallEffect;
}
