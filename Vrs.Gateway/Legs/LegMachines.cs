using static Vrs.Gateway.Legs.LegAction;
using static Vrs.Gateway.Legs.LegStage;
using static Vrs.Gateway.Legs.LegTrigger;

namespace Vrs.Gateway.Legs;

/// <summary>The machines of the three kinds of legs. Rendered as docs/leg-machines.md.</summary>
internal static class LegMachines
{
    private const string NotAsked = "a leg the call opened has no such thing to answer";
    private const string NotOpened = "a leg the device opened has no such thing to acknowledge";
    private const string Past = "the leg is past that";
    private const string Ended = "the leg is over";
    private const string IsEnding = "the leg is ending already";
    private const string NotAnswered = "nothing was answered yet";
    private const string WasAnswered = "the INVITE was answered already";
    private const string NotArmed = "that wait belongs to another stage";
    private const string NotTalking = "only a conversation is handed over";
    private const string IsSuperseded = "another leg has its place already";

    /// <summary>The device's INVITE waits until the call answers or ends it (RFC 3261 sections 13.3 and 15).</summary>
    public static readonly LegTable Inbound = new LegTable(
            [Inviting, Answered, Established, Superseded, Ending],
            [
                ProgressWanted, AnswerWanted, DescriptionWanted, AckWanted, EndWanted, HandoverWanted, SuccessorShown,
                Acknowledged, Cancelled, HungUp, AckOverdue, Broken, FlowLost,
            ])
        .On(Inviting, ProgressWanted, Inviting, SendProgress)
        .On(Inviting, AnswerWanted, Answered, SendAnswer)
        .On(Inviting, DescriptionWanted, Inviting, TellOffer)
        .Refuse(Inviting, NotOpened, AckWanted)
        .On(Inviting, EndWanted, Over, SendFinal)
        .Ignore(Inviting, NotAnswered, Acknowledged, AckOverdue)
        .Ignore(Inviting, NotTalking, HandoverWanted, SuccessorShown)
        .On(Inviting, Cancelled, Over, SendTerminated, TellCancelled)
        .On(Inviting, HungUp, Over, SendTerminated, TellHungUp)
        .On(Inviting, Broken, Over, TellBroken, SendFinal)
        .On(Inviting, FlowLost, Over)

        .Refuse(Answered, Past, ProgressWanted, AnswerWanted, DescriptionWanted, AckWanted)
        .On(Answered, EndWanted, Ending)
        .On(Answered, Acknowledged, Established, TellConfirmed)
        .Ignore(Answered, WasAnswered, Cancelled)
        .Ignore(Answered, NotTalking, HandoverWanted, SuccessorShown)
        .On(Answered, HungUp, Over, TellHungUp)
        .On(Answered, AckOverdue, Over, TellBroken, SendBye)
        .On(Answered, Broken, Ending, TellBroken)
        .On(Answered, FlowLost, Over)

        .Refuse(Established, Past, ProgressWanted, AnswerWanted, DescriptionWanted, AckWanted)
        .Ignore(Established, WasAnswered, Cancelled, Acknowledged)
        .Ignore(Established, NotArmed, AckOverdue)
        .Converse()
        .Ignore(Superseded, WasAnswered, Cancelled, Acknowledged)
        .Ignore(Superseded, NotArmed, AckOverdue)

        // Section 15: no BYE before the ACK to our 2xx.
        .Refuse(Ending, Past, ProgressWanted, AnswerWanted, DescriptionWanted, AckWanted)
        .Ignore(Ending, IsEnding, EndWanted, HandoverWanted, SuccessorShown)
        .Ignore(Ending, IsEnding, Cancelled, Broken)
        .On(Ending, Acknowledged, Over, SendBye)
        .On(Ending, AckOverdue, Over, SendBye)
        .On(Ending, HungUp, Over, ConfirmBye)
        .On(Ending, FlowLost, Over)

        .Refuse(Over, Ended, ProgressWanted, AnswerWanted, DescriptionWanted, AckWanted)
        .Ignore(Over, Ended, EndWanted, HandoverWanted, SuccessorShown)
        .Ignore(Over, Ended, Acknowledged, Cancelled, HungUp, AckOverdue, Broken, FlowLost);

    /// <summary>Our INVITE to the device (RFC 3261 sections 9, 13.2 and 15).</summary>
    public static readonly LegTable Outbound = new LegTable(
            [Inviting, Ringing, Answered, Established, Superseded, Ending],
            [
                ProgressWanted, AnswerWanted, DescriptionWanted, AckWanted, EndWanted, HandoverWanted, SuccessorShown,
                Rang, GotAnswer, GotOffer, GotBadAnswer, GotLateAnswer, GotRefusal,
                HungUp, AckOverdue, Broken, FlowLost,
            ])
        .On(Inviting, Rang, Ringing, TellRinging)
        .Ignore(Ringing, "the call knows that it rings", Rang)
        .Invite(Inviting)
        .Invite(Ringing)

        .Refuse(Answered, NotAsked, ProgressWanted, AnswerWanted)
        .On(Answered, DescriptionWanted, Answered, TellAnswered)
        .On(Answered, AckWanted, Established, SendAck)
        .On(Answered, EndWanted, Over, SendAck, SendBye)
        .Ignore(Answered, WasAnswered, Rang, GotAnswer, GotOffer, GotBadAnswer, GotRefusal)
        .Ignore(Answered, NotTalking, HandoverWanted, SuccessorShown)
        .On(Answered, GotLateAnswer, Answered, EndLateDialog)
        .On(Answered, HungUp, Over, TellHungUp)
        .On(Answered, AckOverdue, Over, TellBroken, SendAck, SendBye)
        .On(Answered, Broken, Over, TellBroken, SendAck, SendBye)
        .On(Answered, FlowLost, Over)

        .Refuse(Established, Past, ProgressWanted, AnswerWanted, AckWanted)
        .On(Established, DescriptionWanted, Established, TellAnswered)
        .Ignore(Established, WasAnswered, Rang, GotAnswer, GotOffer, GotBadAnswer, GotRefusal)
        .On(Established, GotLateAnswer, Established, EndLateDialog)
        .Ignore(Established, NotArmed, AckOverdue)
        .Converse()
        .Ignore(Superseded, WasAnswered, Rang, GotAnswer, GotOffer, GotBadAnswer, GotRefusal)
        .On(Superseded, GotLateAnswer, Superseded, EndLateDialog)
        .Ignore(Superseded, NotArmed, AckOverdue)

        // Section 9.1: after CANCEL the final response is waited for; a 2xx that crossed it must be ended.
        .Refuse(Ending, Past, ProgressWanted, AnswerWanted, DescriptionWanted, AckWanted)
        .Ignore(Ending, IsEnding, EndWanted, HandoverWanted, SuccessorShown)
        .Ignore(Ending, IsEnding, Rang, GotAnswer, GotOffer, GotBadAnswer, Broken)
        .Ignore(Ending, NotArmed, AckOverdue, HungUp)
        .On(Ending, GotLateAnswer, Over, EndLateDialog)
        .On(Ending, GotRefusal, Over)
        .On(Ending, FlowLost, Over)

        .Refuse(Over, Ended, ProgressWanted, AnswerWanted, DescriptionWanted, AckWanted)
        .On(Over, GotLateAnswer, Over, EndLateDialog)
        .Ignore(Over, Ended, EndWanted, HandoverWanted, SuccessorShown)
        .Ignore(Over, Ended, Rang, GotAnswer, GotOffer, GotBadAnswer, GotRefusal)
        .Ignore(Over, Ended, HungUp, AckOverdue, Broken, FlowLost);

    /// <summary>A dialog that was set up elsewhere and goes on here.</summary>
    public static readonly LegTable Adopted = new LegTable(
            [Established, Superseded],
            [
                ProgressWanted, AnswerWanted, DescriptionWanted, AckWanted, EndWanted, HandoverWanted, SuccessorShown,
                HungUp, Broken, FlowLost,
            ])
        .Refuse(Established, Past, ProgressWanted, AnswerWanted, DescriptionWanted, AckWanted)
        .Converse()
        .Refuse(Over, Ended, ProgressWanted, AnswerWanted, DescriptionWanted, AckWanted)
        .Ignore(Over, Ended, EndWanted, HandoverWanted, SuccessorShown)
        .Ignore(Over, Ended, HungUp, Broken, FlowLost);

    private static LegTable Invite(this LegTable table, LegStage stage) => table
        .Refuse(stage, NotAsked, ProgressWanted, AnswerWanted, DescriptionWanted)
        .Refuse(stage, NotAnswered, AckWanted)
        .On(stage, EndWanted, Ending, SendCancel)
        .On(stage, GotAnswer, Established, SendAck, TellAnswered)
        .On(stage, GotOffer, Answered, AwaitAnswer, TellAnswered)
        .On(stage, GotBadAnswer, Over, TellUnacceptable, SendAck, SendBye)
        .Ignore(stage, "whether it is late is seen before", GotLateAnswer)
        .On(stage, GotRefusal, Over, TellRefused)
        .Ignore(stage, NotAnswered, HungUp, AckOverdue, Broken)
        .Ignore(stage, NotTalking, HandoverWanted, SuccessorShown)
        .On(stage, FlowLost, Over);

    private static LegTable Converse(this LegTable table) => table
        .On(Established, EndWanted, Over, SendBye)
        .On(Established, HungUp, Over, TellHungUp)
        .On(Established, Broken, Over, TellBroken, SendBye)
        .On(Established, FlowLost, Over)

        // Before the call says which leg it is that ends, its device may show the other: a take-over can still fail.
        .On(Established, SuccessorShown, Established, NoteShown)
        .On(Established, HandoverWanted, Superseded, AwaitSuccessor)
        .Refuse(Superseded, Past, ProgressWanted, AnswerWanted, DescriptionWanted, AckWanted)
        .Ignore(Superseded, IsSuperseded, HandoverWanted)
        .On(Superseded, EndWanted, Over, SendBye)
        .On(Superseded, SuccessorShown, Over, SendBye)
        .On(Superseded, HungUp, Over, ConfirmBye)
        .On(Superseded, Broken, Over, SendBye)
        .On(Superseded, FlowLost, Over);
}
