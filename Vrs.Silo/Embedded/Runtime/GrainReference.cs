using System.Reflection;
using Orleans.Runtime;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>
/// What callers hold of a grain or observer: a call on it becomes a message. Two references to the same receiver are
/// equal. Not for direct use; it is public because generated proxies derive from it.
/// </summary>
public class GrainReference : DispatchProxy, IAddressable
{
    private IMessageTarget? _target;

    internal string Key => Target.Key;

    internal IMessageTarget Target =>
        _target ?? throw new InvalidOperationException("A reference is made by the engine.");

    public override bool Equals(object? obj) => obj is GrainReference other && Target.Equals(other.Target);

    public override int GetHashCode() => Target.GetHashCode();

    public override string ToString() => Target.ToString()!;

    internal static object Make(Type interfaceType, IMessageTarget target)
    {
        var proxy = Create(interfaceType, typeof(GrainReference));
        ((GrainReference)proxy)._target = target;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var shape = MethodShape.Of(targetMethod!);
        var request = shape.NewRequest(args ?? []);
        Target.Send(request);
        // The answer of a one-way call is not awaited by anybody; its sending is done.
        return shape.OneWay ? OneWayAnswer(targetMethod!) : request.Answer;
    }

    private static Task? OneWayAnswer(MethodInfo method) =>
        method.ReturnType == typeof(void) ? null : Task.CompletedTask;
}

/// <summary>Where the messages of a reference go.</summary>
internal interface IMessageTarget
{
    /// <summary>The key of the grain, or the number of the observer.</summary>
    string Key { get; }

    /// <summary>Sends a request; its answer, be it that it can't be delivered, comes through the request.</summary>
    void Send(Request request);
}
