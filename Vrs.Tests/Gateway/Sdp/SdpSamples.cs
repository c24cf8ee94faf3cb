namespace Vrs.Tests.Gateway.Sdp;

/// <summary>
/// Session descriptions as browsers write them; Chromium's were taken from a headless one. The addresses are those of
/// documentation.
/// </summary>
public static class SdpSamples
{
    /// <summary>Audio, video and a data channel, with candidates in every section.</summary>
    public static string Offer { get; } = Read("chromium-offer");

    /// <summary>Chromium's answer to <see cref="Offer"/>: candidates only in the first section of the bundle.</summary>
    public static string Answer { get; } = Read("chromium-answer");

    /// <summary>An offer with audio alone.</summary>
    public static string AudioOffer { get; } = Read("chromium-audio-offer");

    /// <summary>An offer whose video rides on the audio's transport, with the fingerprint at session level.</summary>
    public static string BundleOnlyOffer { get; } = Read("firefox-offer");

    /// <summary>Every sample, by name, for theories.</summary>
    public static TheoryData<string> Names =>
        ["chromium-offer", "chromium-answer", "chromium-audio-offer", "firefox-offer"];

    public static string Read(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Gateway", "Sdp", "Samples", name + ".sdp");
        return File.ReadAllText(path).ReplaceLineEndings("\r\n");
    }
}
