using System.Text.Json;
using System.Text.Json.Nodes;
using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Effects;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Silo.Storage;
using Vrs.Tests.Domain.Calls;
using Vrs.Tests.Domain.Queues;

namespace Vrs.Tests.Domain;

/// <summary>States are stored as JSON and come back as they were, effects by stable names.</summary>
public sealed class StateJsonTests
{
    private static readonly JsonSerializerOptions Json = new StateJson().Options;

    [Fact]
    public void Every_call_on_the_way_through_a_recovery_comes_back_as_it_was()
    {
        var state = CallMachine.Apply(new CallState(), CallSamples.Invited()).Next;
        var seen = new HashSet<string>();
        var waiting = new Queue<CallState>([state]);
        while (seen.Count < 300 && waiting.TryDequeue(out var next))
        {
            foreach (var happening in CallSamples.Everything(next))
            {
                var transition = CallMachine.Apply(next, happening);
                if (seen.Add(CallSamples.Shape(transition.Next)))
                {
                    ComesBack(transition.Next, transition.Effects);
                    waiting.Enqueue(transition.Next);
                }
            }
        }
    }

    [Fact]
    public void A_queue_comes_back_with_its_order()
    {
        var queue = QueueSamples.Any(new Random(11));
        var text = JsonSerializer.Serialize(queue, Json);
        var back = JsonSerializer.Deserialize<QueueState>(AsTheNextVersion(text), Json)!;

        Assert.NotEmpty(queue.Tickets);
        Assert.Equal<CallId>(AllocationPolicy.Order(queue), AllocationPolicy.Order(back));
        Assert.Equal(
            QueueSamples.Reservations(QueueMachine.MatchAll(queue, QueueSamples.Now)),
            QueueSamples.Reservations(QueueMachine.MatchAll(back, QueueSamples.Now)));
    }

    [Fact]
    public void What_a_queue_owes_comes_back_with_its_explanations()
    {
        var queue = QueueSamples.Queue([QueueSamples.Ticket("c", 1)], [QueueSamples.Candidate("ines", 1)]);
        var owed = QueueMachine.MatchAll(queue, QueueSamples.Now).Effects.Add(
            new QueueEffect.MoveOn(new CallId("d"), CallSamples.OtherPool, QueueSamples.Now));
        var text = JsonSerializer.Serialize(owed.ToArray(), Json);

        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<QueueEffect[]>(text, Json), Json));
        Assert.Equal(3, owed.Length);
    }

    [Fact]
    public void The_names_of_effects_in_storage_are_ours_and_not_those_of_classes()
    {
        var text = JsonSerializer.Serialize<CallEffect>(new CallEffect.LeaveQueue(), Json);

        Assert.Equal("""{"$type":"leave-queue","served":false}""", text);
    }

    private static void ComesBack(CallState state, IEnumerable<CallEffect> effects)
    {
        var kept = new Kept<CallState, CallEffect>
        {
            State = state,
            Outbox = [.. effects.Select((effect, number) => new Owed<CallEffect>(number, effect, CallSamples.Start))],
        };
        var text = JsonSerializer.Serialize(kept, Json);
        var back = JsonSerializer.Deserialize<Kept<CallState, CallEffect>>(text, Json)!;

        Assert.Equal(text, JsonSerializer.Serialize(back, Json));
        Assert.Equal(CallSamples.Shape(state), CallSamples.Shape(back.State));
        Assert.Equal(TypesIn(kept), TypesIn(back));
        var newer = JsonSerializer.Deserialize<Kept<CallState, CallEffect>>(AsTheNextVersion(text), Json);
        Assert.Equal(text, JsonSerializer.Serialize(newer, Json));
    }

    /// <summary>
    /// Every object has a field that this version does not know; an object of which the keys are data is none.
    /// </summary>
    private static string AsTheNextVersion(string text)
    {
        var root = JsonNode.Parse(text)!;
        Widen(root);
        Assert.NotEqual(text, root.ToJsonString());
        return root.ToJsonString();

        static void Widen(JsonNode? node)
        {
            var parts = node is JsonObject fields ? fields.Select(field => field.Value) : node as JsonArray;
            foreach (var part in parts?.ToList() ?? [])
            {
                Widen(part);
            }

            if (node is JsonObject known && (known.Parent as JsonObject)?.Any(IsKeyed(known)) is not true)
            {
                known["fieldOfTheNextVersion"] = new JsonObject { ["a"] = new JsonArray(1) };
            }
        }

        static Func<KeyValuePair<string, JsonNode?>, bool> IsKeyed(JsonObject node) =>
            field => field.Value == node && field.Key is "tickets" or "candidates" or "abandoned";
    }

    private static IEnumerable<Type> TypesIn(Kept<CallState, CallEffect> kept) =>
        kept.Outbox.Select(owed => owed.Effect.GetType());
}
