namespace Vrs.Grains.Effects;

/// <summary>Time limits and pauses of attempts to perform effects.</summary>
/// <param name="AttemptLimit">How long one attempt may take.</param>
/// <param name="FirstPause">The pause after the first failure; doubled after each.</param>
/// <param name="LongestPause">The longest pause.</param>
public sealed record EffectPacing(TimeSpan AttemptLimit, TimeSpan FirstPause, TimeSpan LongestPause)
{
    private const int MaxDoublings = 16;

    /// <summary>For destinations inside the cluster.</summary>
    public static EffectPacing Default { get; } =
        new(TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));

    /// <summary>The pause after so many failures in a row.</summary>
    /// <param name="failures">From 1.</param>
    public TimeSpan Pause(int failures)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures - 1, MaxDoublings));
        return pause < LongestPause ? pause : LongestPause;
    }
}
