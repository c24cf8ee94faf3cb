using Orleans;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Directory;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Gateway.Legs;

/// <summary>The grains that legs talk to.</summary>
public interface ILegGrains
{
    /// <summary>A call.</summary>
    ICallGrain Call(CallId call);

    /// <summary>A user's registration.</summary>
    IRegistrationGrain Registration(UserId user);

    /// <summary>A number of the directory.</summary>
    IDirectoryGrain Directory(string number);

    /// <summary>An account.</summary>
    IAccountGrain Account(UserId user);
}

/// <summary>The grains of the cluster.</summary>
/// <param name="grains">Makes the references.</param>
public sealed class LegGrains(IGrainFactory grains) : ILegGrains
{
    public ICallGrain Call(CallId call) => grains.GetGrain<ICallGrain>(call.Value);

    public IRegistrationGrain Registration(UserId user) => grains.GetGrain<IRegistrationGrain>(user.Value);

    public IDirectoryGrain Directory(string number) => grains.GetGrain<IDirectoryGrain>(number);

    public IAccountGrain Account(UserId user) => grains.GetGrain<IAccountGrain>(user.Value);
}
