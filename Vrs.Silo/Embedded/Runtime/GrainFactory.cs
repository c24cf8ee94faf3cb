using Orleans;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>Makes references.</summary>
/// <param name="silo">Where the grains live.</param>
/// <param name="classes">The grain classes, by interface.</param>
/// <param name="observers">The objects outside that grains can call.</param>
internal sealed class GrainFactory(
    EmbeddedSilo silo, IReadOnlyDictionary<Type, GrainClass> classes, ObserverTable observers) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        if (grainClassNamePrefix is not null)
        {
            throw new NotSupportedException(
                $"{typeof(TGrainInterface)}: the embedded engine has one class for each interface; give no "
                + "class name.");
        }

        return (TGrainInterface)Reference(typeof(TGrainInterface), primaryKey);
    }

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) =>
        (IGrain)Reference(grainInterfaceType, grainPrimaryKey);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver =>
        (TGrainObserverInterface)GrainReference.Make(typeof(TGrainObserverInterface), observers.Add(obj));

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference { Target: ObserverTarget target })
        {
            throw new ArgumentException("Pass the reference that CreateObjectReference returned.", nameof(obj));
        }

        observers.Remove(target);
    }

    /// <summary>A reference of this interface to the grain with this key.</summary>
    internal object Reference(Type interfaceType, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (!classes.TryGetValue(interfaceType, out var grainClass))
        {
            throw new ArgumentException(
                $"No grain class implements {interfaceType}. Add the assembly of its class to AddEmbeddedSilo.");
        }

        return GrainReference.Make(interfaceType, Target(grainClass, key));
    }

    /// <summary>The grain of a class by its name in storage, or null when there is no such class (any more).</summary>
    internal GrainTarget? Find(GrainIdentity identity) =>
        classes.Values.FirstOrDefault(candidate => candidate.Name == identity.Type) is { } grainClass
            ? Target(grainClass, identity.Key)
            : null;

    private GrainTarget Target(GrainClass grainClass, string key) =>
        new(silo, grainClass, new GrainIdentity(grainClass.Name, key));
}
