namespace Vrs.Tests.Host;

/// <summary>A clock that stands still.</summary>
/// <param name="now">What it shows.</param>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
