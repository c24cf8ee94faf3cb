namespace Vrs.Grains.Interfaces.Accounts;

/// <summary>
/// Sign-ins that are over, shared by all gateways and kept until their tokens would have ended by themselves. Its key
/// is the gateway's run: it keeps nothing itself.
/// </summary>
[Alias("vrs.ISignOutsGrain")]
public interface ISignOutsGrain : IGrainWithStringKey
{
    /// <summary>Ends a sign-in; completes when that is stored. Once more changes nothing.</summary>
    /// <param name="signIn">The sign-in, as its tokens name it.</param>
    /// <param name="until">When the last of its tokens ends by itself.</param>
    [Alias("End")]
    Task End(string signIn, DateTimeOffset until);

    /// <summary>The first of those that were stored after a number, in order; a full page says that there may be
    /// more.</summary>
    /// <param name="number">The number; 0 for all.</param>
    [Alias("After")]
    Task<ImmutableArray<EndedSignIn>> After(long number);
}

/// <summary>A sign-in that is over.</summary>
/// <param name="Number">
/// Rises with each, in the order in which they began to be stored; one may be seen before another with a smaller
/// number.
/// </param>
/// <param name="SignIn">The sign-in, as its tokens name it.</param>
/// <param name="Until">When the last of its tokens ends by itself.</param>
[GenerateSerializer, Immutable, Alias("vrs.EndedSignIn")]
public sealed record EndedSignIn(
    [property: Id(0)] long Number,
    [property: Id(1)] string SignIn,
    [property: Id(2)] DateTimeOffset Until)
{
    /// <summary>So many are told at once.</summary>
    public const int PageMax = 1000;
}
