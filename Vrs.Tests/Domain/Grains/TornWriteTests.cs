using System.Text.Json;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Tests.Domain.Grains;

/// <summary>
/// Engines begin a write some turns after it was asked for, and other turns change the grain meanwhile. Whatever a
/// write finds is of one piece: a process that dies after it leaves no effect without the change it belongs to.
/// </summary>
public sealed class TornWriteTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_owed_is_never_stored_without_the_change_that_owes_it(int seed)
    {
        using var world = new GrainWorld(seed);
        var written = new List<(long LastOffer, long Owed)>();
        world.Storage.Writing = (key, json) =>
        {
            if (key.Grain.Type == "queue")
            {
                written.Add(OffersIn(json));
            }
        };
        var queue = world.Grains.GetGrain<IQueueGrain>("ase+en");

        // All at once: each has its turn while the write of another is asked for.
        var all = Enumerable.Range(1, 20).SelectMany(number => (Task[])
        [
            queue.Join(new JoinRequest(
                new CallId($"call{number}"), new SessionId("s"), PriorityClass.Standard, [])),
            queue.InterpreterFree(new FreeInterpreter(new InterpreterId($"interpreter{number}"), 1, [])),
        ]).ToList();
        world.Settle();

        Assert.All(all, message => Assert.True(message.IsCompletedSuccessfully));
        Assert.Contains(written, write => write.Owed > 0);
        Assert.All(written, write => Assert.InRange(write.Owed, 0, write.LastOffer));
    }

    [Fact]
    public void Whoever_is_stored_is_answered_while_others_go_on_to_be_stored()
    {
        using var world = new GrainWorld();
        var queue = world.Grains.GetGrain<IQueueGrain>("ase+en");
        world.Tell(queue.Leave(new CallId("nobody"), served: false));
        world.Storage.Delay = () =>
        {
            var isDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            world.Time.After(TimeSpan.FromMilliseconds(5), isDone.SetResult);
            return isDone.Task;
        };
        var writes = 0;
        var others = new List<Task<Refusal?>>();
        world.Storage.Writing = (key, _) =>
        {
            // While one write is under way somebody joins who needs the next.
            if (key.Grain.Type == "queue" && ++writes < 50)
            {
                others.Add(Join(queue, writes));
            }
        };

        var first = Join(queue, 0);
        while (!first.IsCompleted)
        {
            Assert.True(world.RunTurn(), "she was never answered");
        }

        Assert.InRange(writes, 1, 3);
        world.Pass(TimeSpan.FromSeconds(5));
        Assert.All(others, other => Assert.Null(other.Result));
    }

    private static Task<Refusal?> Join(IQueueGrain queue, int number) => queue.Join(new JoinRequest(
        new CallId($"call{number}"), new SessionId("s"), PriorityClass.Standard, []));

    /// <summary>The last offer the state knows of, and the last that an interpreter is to be reserved for.</summary>
    private static (long LastOffer, long Owed) OffersIn(ReadOnlyMemory<byte> json)
    {
        using var kept = JsonDocument.Parse(json);
        var root = kept.RootElement;
        return (
            root.GetProperty("state").GetProperty("lastOffer").GetInt64(),
            root.GetProperty("outbox").EnumerateArray()
                .Select(owed => owed.GetProperty("effect"))
                .Where(effect => effect.TryGetProperty("offer", out _))
                .Select(effect => effect.GetProperty("offer").GetInt64())
                .DefaultIfEmpty()
                .Max());
    }
}
