using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>What the engine knows about one interface method, worked out once.</summary>
internal abstract class MethodShape
{
    private static readonly ConcurrentDictionary<MethodInfo, MethodShape> Known = new();

    private readonly MethodInvoker _invoker;
    private readonly int[] _addressableParameters;

    protected MethodShape(MethodInfo method)
    {
        Name = $"{method.DeclaringType!.Name}.{method.Name}";
        OneWay = method.ReturnType == typeof(void) || method.IsDefined(typeof(OneWayAttribute));
        AlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        _invoker = MethodInvoker.Create(method);
        _addressableParameters = [.. method.GetParameters()
            .Where(parameter => typeof(IAddressable).IsAssignableFrom(parameter.ParameterType))
            .Select(parameter => parameter.Position)];
    }

    /// <summary>Interface and method, for messages and logs.</summary>
    public string Name { get; }

    /// <summary>The caller does not wait.</summary>
    public bool OneWay { get; }

    /// <summary>May start while other requests wait for something.</summary>
    public bool AlwaysInterleave { get; }

    /// <summary>The shape of a method of a grain or observer interface.</summary>
    /// <exception cref="NotSupportedException">The method returns something other than a task.</exception>
    public static MethodShape Of(MethodInfo method) => Known.GetOrAdd(method, static key => Create(key));

    /// <summary>A request to call the method with these arguments.</summary>
    public abstract Request NewRequest(object?[] arguments);

    /// <summary>Calls the method; what it throws at once becomes a failed task.</summary>
    public Task Invoke(object target, object?[] arguments)
    {
        try
        {
            return _invoker.Invoke(target, arguments.AsSpan()) as Task ?? Task.CompletedTask;
        }
        catch (TargetInvocationException wrapper) when (wrapper.InnerException is { } fault)
        {
            return Task.FromException(fault);
        }
        catch (Exception fault)
        {
            return Task.FromException(fault);
        }
    }

    /// <summary>Objects can't be sent: an observer argument must be a reference to it.</summary>
    protected void CheckArguments(object?[] arguments)
    {
        foreach (var position in _addressableParameters)
        {
            if (arguments[position] is { } argument and not GrainReference)
            {
                throw new ArgumentException(
                    $"{Name}: argument {position + 1} is a {argument.GetType().Name} itself. Pass the reference that "
                    + "IGrainFactory.CreateObjectReference (or AsReference, for a grain) returns.");
            }
        }
    }

    private static MethodShape Create(MethodInfo method)
    {
        if (method.ReturnType == typeof(Task) || method.ReturnType == typeof(void))
        {
            return new Typed<bool>(method);
        }

        if (method is { ReturnType.IsGenericType: true, IsGenericMethod: false }
            && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>))
        {
            var shape = typeof(Typed<>).MakeGenericType(method.ReturnType.GetGenericArguments());
            return (MethodShape)Activator.CreateInstance(shape, method)!;
        }

        throw new NotSupportedException(
            $"{method.DeclaringType}.{method.Name}: a grain method returns Task or Task<T> and is not generic.");
    }

    private sealed class Typed<TResult>(MethodInfo method) : MethodShape(method)
    {
        public override Request NewRequest(object?[] arguments)
        {
            CheckArguments(arguments);
            return new Request<TResult>(this, arguments);
        }
    }
}
