using System.Text.RegularExpressions;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Gateway.Consoles;

/// <summary>Checks what pages send before it becomes the key of a grain.</summary>
internal static partial class PageInput
{
    /// <summary>
    /// Null when the text can be a call's id; else a refusal.
    /// </summary>
    public static Refusal? CheckCall(CallId call) =>
        call.Value is { } value && CallIdPattern().IsMatch(value)
            ? null
            : new Refusal(RefusalReason.NotFound, "There is no such call.");

    [GeneratedRegex(@"\A[a-z0-9]{1,64}\z")]
    private static partial Regex CallIdPattern();
}
