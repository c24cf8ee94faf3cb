namespace Vrs.Grains.Domain.Machines;

/// <summary>Something that happened. The shell says when: the core has no clock.</summary>
public abstract record MachineEvent
{
    /// <summary>When it was applied.</summary>
    public DateTimeOffset At { get; init; }
}
