using System.Text.RegularExpressions;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Gateway.Consoles;

/// <summary>Checks what pages send before it becomes the key of a grain.</summary>
internal static partial class PageInput
{
    private const int DeviceLengthMax = 256;

    /// <summary>
    /// Null when the text can be a call's id; else a refusal.
    /// </summary>
    public static Refusal? CheckCall(CallId call) =>
        call.Value is { } value && CallIdPattern().IsMatch(value)
            ? null
            : new Refusal(RefusalReason.NotFound, "There is no such call.");

    /// <summary>
    /// Null when the text can name a device, or is none; else a refusal.
    /// </summary>
    public static Refusal? CheckDevice(string? device) =>
        device is null or { Length: > 0 and <= DeviceLengthMax }
            ? null
            : new Refusal(RefusalReason.NotFound, "There is no such device.");

    [GeneratedRegex(@"\A[a-z0-9]{1,64}\z")]
    private static partial Regex CallIdPattern();
}
