namespace Vrs.Grains.Effects;

/// <summary>How an attempt to perform an effect went.</summary>
public enum Outcome
{
    /// <summary>Done, or of no use any more.</summary>
    Done,

    /// <summary>Not now; it is tried again after a pause.</summary>
    Later,
}
