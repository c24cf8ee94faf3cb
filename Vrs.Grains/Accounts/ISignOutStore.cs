namespace Vrs.Grains.Accounts;

/// <summary>Where sign-ins that are over are kept.</summary>
public interface ISignOutStore
{
    /// <summary>As <see cref="ISignOutsGrain.End"/>.</summary>
    Task End(string signIn, DateTimeOffset until);

    /// <summary>As <see cref="ISignOutsGrain.After"/>.</summary>
    Task<ImmutableArray<EndedSignIn>> After(long number);
}
