namespace Vrs.Gateway.Sdp;

/// <summary>Every bound on a session description, in one place.</summary>
public static class SdpLimits
{
    /// <summary>
    /// Longest description, in characters. Chromium's with video and many candidates has about 12,000.
    /// </summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Longest line, in characters.</summary>
    public const int MaxLineLength = 2048;

    /// <summary>Most lines in a description.</summary>
    public const int MaxLines = 2000;

    /// <summary>Most media sections.</summary>
    public const int MaxMedia = 16;

    /// <summary>Most formats in one media section: RTP has no more than 128 payload types.</summary>
    public const int MaxFormats = 128;
}
