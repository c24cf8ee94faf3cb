using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Effects;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Grains.Interfaces.Registrations;
using Vrs.Silo.Storage;

namespace Vrs.Bench.Storage;

/// <summary>A call as it is stored while it waits in line.</summary>
internal static class SampleCall
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly StateKey Key = new(new GrainIdentity("call", "sample"), "call");
    private static readonly CallState Invited = Invite();

    /// <summary>The call after so many steps; one differs from the next.</summary>
    public static CallState Step(int number) => Invited with { Version = number + 1 };

    /// <summary>The same as stored.</summary>
    public static byte[] Json(int number) =>
        new StateJson().Write(Key, new Kept<CallState, CallEffect> { State = Step(number) });

    private static CallState Invite() => CallMachine.Apply(new CallState(), new CallEvent.CallerInvited(
        new CallId("0393c7eaba9cd454ceda"),
        new SessionId("7f984a0dd19545cc917c5169b456594d"),
        CallDirection.DeafToHearing,
        new Party(
            new UserId("load-caller-006"),
            new DeviceId("<urn:uuid:2a215acb-844f-4cbe-9cb6-ca382b7b91cc>"),
            "Load Caller 6",
            "+15552000006",
            "127.0.0.1"),
        "+15553000001",
        new PoolId("ase+en"),
        PriorityClass.Standard,
        [],
        "sip:+15553000001@vrs.local",
        new DialogState(
            "4b5fd0ae9a0c4f0f8a1f",
            "x7a1b2c3",
            "t9d8e7f6",
            "sip:+15553000001@vrs.local",
            "sip:load-caller-006@vrs.local",
            "sip:load-caller-006@abcdef.invalid;transport=ws",
            [],
            0,
            1),
        CallDeadlines.Default)
    {
        At = Start,
    }).Next;
}
