namespace Vrs.Grains.Interfaces.Calls;

/// <summary>Who called whom.</summary>
[GenerateSerializer, Alias("vrs.CallDirection")]
public enum CallDirection
{
    /// <summary>
    /// A Deaf caller reaches a hearing callee: the first pair of legs carries video, the second audio.
    /// </summary>
    DeafToHearing,

    /// <summary>
    /// A hearing caller reaches a Deaf callee: the first pair of legs carries audio, the second video.
    /// </summary>
    HearingToDeaf,
}
