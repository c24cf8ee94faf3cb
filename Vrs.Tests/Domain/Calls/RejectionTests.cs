using Vrs.Grains.Domain.Calls;

namespace Vrs.Tests.Domain.Calls;

/// <summary>Which of several final responses is told on (RFC 3261 section 16.7 step 6).</summary>
public sealed class RejectionTests
{
    [Theory]
    [InlineData(0, 480, 480)]
    [InlineData(480, 486, 486)]
    [InlineData(486, 480, 486)]
    [InlineData(408, 404, 404)]
    [InlineData(404, 486, 486)]
    [InlineData(486, 500, 486)]
    [InlineData(486, 302, 302)]
    [InlineData(302, 603, 603)]
    [InlineData(603, 600, 603)]
    [InlineData(480, 408, 480)]
    public void The_better_of_two_is_told(int known, int status, int best) =>
        Assert.Equal(best, Rejection.Better(known, status));
}
