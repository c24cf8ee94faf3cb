namespace Vrs.Gateway.Legs;

/// <summary>Where a leg's dialog stands.</summary>
internal enum LegStage
{
    /// <summary>The INVITE has no final response.</summary>
    Inviting,

    /// <summary>The device alerts; only on a leg the call opened.</summary>
    Ringing,

    /// <summary>A 2xx was sent or received; the ACK is missing.</summary>
    Answered,

    /// <summary>Acknowledged: requests pass both ways.</summary>
    Established,

    /// <summary>
    /// Ended for the call; the device has another leg in its place, and shows this one until that has a picture.
    /// </summary>
    Superseded,

    /// <summary>
    /// Ended for the call; the device has to say one more thing (the ACK, or the INVITE's final response).
    /// </summary>
    Ending,

    /// <summary>Nothing more can happen.</summary>
    Over,
}

/// <summary>What can happen to a leg.</summary>
internal enum LegTrigger
{
    /// <summary>The call wants a provisional response sent.</summary>
    ProgressWanted,

    /// <summary>The call answers the device's INVITE.</summary>
    AnswerWanted,

    /// <summary>The call asks again for the device's offer or answer.</summary>
    DescriptionWanted,

    /// <summary>The call answers the offer in the device's 2xx.</summary>
    AckWanted,

    /// <summary>The call ends the leg.</summary>
    EndWanted,

    /// <summary>The call ends a leg that another of the device takes the place of: once that one shows.</summary>
    HandoverWanted,

    /// <summary>The device shows the leg that takes this one's place, or has had its time for it.</summary>
    SuccessorShown,

    /// <summary>180 or 183 came.</summary>
    Rang,

    /// <summary>A 2xx with a good answer came.</summary>
    GotAnswer,

    /// <summary>A 2xx with the device's offer came.</summary>
    GotOffer,

    /// <summary>A 2xx came whose description session policy refuses.</summary>
    GotBadAnswer,

    /// <summary>A 2xx came that nobody waits for: after CANCEL, or of another fork.</summary>
    GotLateAnswer,

    /// <summary>A final response other than 2xx came, or none in time.</summary>
    GotRefusal,

    /// <summary>The ACK to our 2xx came.</summary>
    Acknowledged,

    /// <summary>The device cancelled its INVITE.</summary>
    Cancelled,

    /// <summary>The device sent BYE.</summary>
    HungUp,

    /// <summary>No ACK to our 2xx, or no answer of the call to the device's offer, came in time.</summary>
    AckOverdue,

    /// <summary>The dialog does not work any more: no refresh, no PRACK, 481 or 408 to a request in it.</summary>
    Broken,

    /// <summary>The flow is gone; the call learns that from the device's registration.</summary>
    FlowLost,
}

/// <summary>What a step has the leg do.</summary>
internal enum LegAction
{
    /// <summary>Send the provisional response.</summary>
    SendProgress,

    /// <summary>Send the 2xx and wait for its ACK.</summary>
    SendAnswer,

    /// <summary>Refuse the device's INVITE as the call says.</summary>
    SendFinal,

    /// <summary>Answer 487 to the INVITE.</summary>
    SendTerminated,

    /// <summary>Answer 200 to the BYE.</summary>
    ConfirmBye,

    /// <summary>Cancel our INVITE.</summary>
    SendCancel,

    /// <summary>Acknowledge the 2xx, with the call's answer when there is one.</summary>
    SendAck,

    /// <summary>Send BYE.</summary>
    SendBye,

    /// <summary>Acknowledge the late 2xx and end its dialog.</summary>
    EndLateDialog,

    /// <summary>Wait for the call's answer to the device's offer.</summary>
    AwaitAnswer,

    /// <summary>Wait until the device shows the leg that takes this one's place.</summary>
    AwaitSuccessor,

    /// <summary>Keep in mind that it shows already.</summary>
    NoteShown,

    TellRinging,
    TellAnswered,
    TellConfirmed,
    TellOffer,
    TellRefused,
    TellUnacceptable,
    TellCancelled,

    /// <summary>
    /// Tell the call, and answer the BYE once the call has stored it: a device that has its 200 may forget the call.
    /// </summary>
    TellHungUp,
    TellBroken,
}
