namespace Vrs.Grains.Effects;

/// <summary>How an attempt to perform an effect went.</summary>
/// <param name="IsDone">Done, or of no use any more; else it is tried again after a pause.</param>
/// <param name="Brought">
/// Applies what the attempt brought back, in the turn in which the effect counts as done: both are stored together, so
/// an answer is heard once. An attempt that was given up brings nothing: the next one asks again.
/// </param>
public sealed record Outcome(bool IsDone, Action? Brought = null)
{
    /// <summary>Done, and nothing came back.</summary>
    public static Outcome Done { get; } = new(true);

    /// <summary>Not now.</summary>
    public static Outcome Later { get; } = new(false);

    /// <summary>Done, and this is to be applied.</summary>
    /// <param name="brought">Applies what came back.</param>
    public static Outcome Bringing(Action brought) => new(true, brought);
}
