using Orleans.Concurrency;

namespace Vrs.Grains.Accounts;

/// <summary>
/// Gives a gateway, which may have no database, the sign-outs of all. It keeps nothing, so its calls need not wait for
/// each other.
/// </summary>
/// <param name="store">Where they are kept.</param>
[Reentrant]
public sealed class SignOutsGrain(ISignOutStore store) : Grain, ISignOutsGrain
{
    /// <inheritdoc/>
    public Task End(string signIn, DateTimeOffset until) => store.End(signIn, until);

    /// <inheritdoc/>
    public Task<ImmutableArray<EndedSignIn>> After(long number) => store.After(number);
}
