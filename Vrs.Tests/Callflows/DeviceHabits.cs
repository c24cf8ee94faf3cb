namespace Vrs.Tests.Callflows;

/// <summary>What devices do by themselves, other than usual, once a story said so.</summary>
internal sealed class DeviceHabits
{
    /// <summary>Take no leg.</summary>
    public HashSet<string> Refusing { get; } = [];

    /// <summary>Answer as they are cancelled.</summary>
    public HashSet<string> AnsweringLate { get; } = [];

    /// <summary>Hang up, once, as the BYE of the other side is under way to them.</summary>
    public HashSet<string> HangingUpToo { get; } = [];

    /// <summary>Offer a hold, once, as an offer of the other side is under way to them.</summary>
    public HashSet<string> HoldingToo { get; } = [];

    /// <summary>Notes what a command says about a device; false when it is about something else.</summary>
    public bool Learn(StoryCommand command)
    {
        var devices = command.Deed switch
        {
            "refuses the leg" => Refusing,
            "answers too late" => AnsweringLate,
            "hangs up at the same time" => HangingUpToo,
            "holds at the same time" => HoldingToo,
            _ => null,
        };
        return devices?.Add(command.Who) is not null;
    }
}
