using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>What the engine knows about one grain class, worked out once.</summary>
internal sealed class GrainClass
{
    private readonly ConstructorInvoker _constructor;
    private readonly Func<Activation, object?>[] _parameters;

    private GrainClass(Type type)
    {
        Type = type;
        Name = type.GetCustomAttribute<GrainTypeAttribute>()?.Name ?? DefaultName(type);
        Label = new KeyValuePair<string, object?>("grain", Name);
        Reentrant = type.IsDefined(typeof(ReentrantAttribute));
        Interfaces = [.. type.GetInterfaces().Where(IsGrainInterface)];
        var constructors = type.GetConstructors();
        if (constructors.Length != 1)
        {
            throw new InvalidOperationException(
                $"{type} has {constructors.Length} public constructors; a grain class has exactly one.");
        }

        _constructor = ConstructorInvoker.Create(constructors[0]);
        _parameters = [.. constructors[0].GetParameters().Select(Supply)];
    }

    /// <summary>The class itself.</summary>
    public Type Type { get; }

    /// <summary>
    /// The name of the class in storage: that of [GrainType], else the class name, lower case, less "Grain".
    /// </summary>
    public string Name { get; }

    /// <summary>Its name as a label of measurements.</summary>
    public KeyValuePair<string, object?> Label { get; }

    /// <summary>Whether its requests may interleave.</summary>
    public bool Reentrant { get; }

    /// <summary>The grain interfaces it implements.</summary>
    public IReadOnlyList<Type> Interfaces { get; }

    /// <summary>The grain classes of these assemblies, by interface.</summary>
    /// <exception cref="InvalidOperationException">Two classes share an interface or a name.</exception>
    public static IReadOnlyDictionary<Type, GrainClass> Find(IEnumerable<Assembly> assemblies)
    {
        var byInterface = new Dictionary<Type, GrainClass>();
        var byName = new Dictionary<string, GrainClass>(StringComparer.Ordinal);
        var types = assemblies.Distinct().SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(Grain).IsAssignableFrom(type));
        foreach (var type in types)
        {
            var found = new GrainClass(type);
            if (!byName.TryAdd(found.Name, found))
            {
                throw new InvalidOperationException(
                    $"{type} and {byName[found.Name].Type} are both named '{found.Name}' in storage; "
                    + "give one of them another name with [GrainType].");
            }

            foreach (var grainInterface in found.Interfaces)
            {
                if (!byInterface.TryAdd(grainInterface, found))
                {
                    throw new InvalidOperationException(
                        $"{type} and {byInterface[grainInterface].Type} both implement {grainInterface}.");
                }
            }
        }

        return byInterface;
    }

    /// <summary>Makes the grain object of an activation.</summary>
    public Grain Create(Activation activation)
    {
        var arguments = new object?[_parameters.Length];
        for (var position = 0; position < arguments.Length; position++)
        {
            arguments[position] = _parameters[position](activation);
        }

        return (Grain)_constructor.Invoke(arguments.AsSpan());
    }

    private static bool IsGrainInterface(Type type) =>
        typeof(IGrainWithStringKey).IsAssignableFrom(type) && type != typeof(IGrainWithStringKey);

    private static string DefaultName(Type type)
    {
        const string Suffix = "Grain";
        var name = type.Name.EndsWith(Suffix, StringComparison.Ordinal) && type.Name.Length > Suffix.Length
            ? type.Name[..^Suffix.Length]
            : type.Name;
        // The name in storage is lower case by Orleans' convention; it is never compared with upper-case text.
        return string.Create(name.Length, name, static (span, text) => text.AsSpan().ToLowerInvariant(span));
    }

    private static Func<Activation, object?> Supply(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } attribute)
        {
            if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            {
                throw new InvalidOperationException(
                    $"{parameter.Member.DeclaringType}: [PersistentState] belongs on an IPersistentState<T>, "
                    + $"not on {type}.");
            }

            var stateType = typeof(PersistentState<>).MakeGenericType(type.GetGenericArguments());
            return activation => activation.AddState(
                (PersistentState)Activator.CreateInstance(stateType, activation, attribute.StateName)!);
        }

        if (type == typeof(IGrainContext))
        {
            return static activation => activation;
        }

        return parameter.HasDefaultValue
            ? activation => activation.ActivationServices.GetService(type) ?? parameter.DefaultValue
            : activation => activation.ActivationServices.GetRequiredService(type);
    }
}
