using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Tests.Simulation;

/// <summary>A leg as its device knows it.</summary>
internal sealed class DeviceLeg(LegRole role, DialogState dialog)
{
    public LegRole Role => role;

    public DialogState Dialog => dialog;

    /// <summary>Which leg of which call; known to a caller only when her INVITE was admitted.</summary>
    public LegRef? Ref { get; set; }

    public LegStage Stage { get; set; } = LegStage.Calling;

    /// <summary>Whether the device was asked for an offer, and the call's answer is still to come.</summary>
    public bool AwaitsAnswer { get; set; }

    /// <summary>What the device said to the gateway's INVITE; the gateway keeps it as long as the dialog.</summary>
    public LegAnswered? Answer { get; set; }

    public bool IsOver => Stage is LegStage.Over;
}

/// <summary>The life of a leg on its device.</summary>
internal enum LegStage
{
    /// <summary>The device's INVITE waits for its answer.</summary>
    Calling,

    /// <summary>The gateway's INVITE waits for the device's answer.</summary>
    Ringing,

    Established,

    Over,
}
