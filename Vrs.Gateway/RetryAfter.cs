using System.Globalization;

namespace Vrs.Gateway;

/// <summary>The value of <c>Retry-After</c> (RFC 9110 section 10.2.3, RFC 3261 section 20.33).</summary>
internal static class RetryAfter
{
    /// <summary>Whole seconds, never fewer than one.</summary>
    public static string Seconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
