using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Queues;

namespace Vrs.Tests.Domain.Product;

/// <summary>A message on its way: what one of the machines owes another.</summary>
internal abstract record Owed
{
    private Owed()
    {
    }

    public sealed record ByCall(int Call, CallEffect Effect) : Owed;

    public sealed record ByInterpreter(int Interpreter, InterpreterEffect Effect) : Owed;

    public sealed record ByQueue(QueueEffect Effect) : Owed;

    /// <summary>Messages of one lane arrive in their order; lanes don't wait for each other.</summary>
    public string Lane => this switch
    {
        ByCall { Effect: var effect } by => $"call{by.Call}/{effect.Lane}",
        ByInterpreter { Effect: var effect } by => $"interpreter{by.Interpreter}/{effect.Lane}",
        ByQueue { Effect: var effect } => $"queue/{effect.Lane}",
        _ => throw new InvalidOperationException($"{GetType().Name} has no lane."),
    };
}
