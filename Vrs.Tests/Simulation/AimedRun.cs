using System.Text.Json;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Effects;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Silo.Embedded.Runtime;
using Vrs.Silo.Storage;

namespace Vrs.Tests.Simulation;

/// <summary>
/// A run that is aimed at a cell: it watches what is stored, and does what the aim says at that moment.
/// </summary>
/// <param name="world">The world of the run.</param>
/// <param name="aim">What is aimed at; null for a run that leaves everything to chance.</param>
internal sealed class AimedRun(World world, Aim? aim)
{
    /// <summary>How many copies of messages to one receiver are under way.</summary>
    private const int MostAstray = 6;

    /// <summary>How often a deed is tried while a call stays in a phase.</summary>
    private const int MostTries = 30;

    private static readonly JsonSerializerOptions Json = new StateJson().Options;

    private readonly Dictionary<string, Queue<Action>> _astray = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Enum> _phases = new(StringComparer.Ordinal);

    /// <summary>What the process is told besides.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings =>
        (aim?.Settings ?? []).Select(set => new KeyValuePair<string, string?>(set.Name, set.Value));

    /// <summary>How likely somebody does this on a leg of a call, as chance or the aim has it.</summary>
    public double Likelihood(Decision what, LegRole leg, CallId call, double usual) =>
        aim is not null
        && aim.In is CallPhase phase
        && world.Auditor.CallOf(call)?.Phase == phase
        && aim.Habits.TryGetValue((what, leg), out var habit)
            ? habit
            : usual;

    /// <summary>A message is on its way.</summary>
    public TimeSpan Delay(Passage passage, TimeSpan usual) =>
        aim is not null
        && aim.Slow.Contains($"{passage.Kind} {passage.Method}")
        && world.Strikes(Decision.FollowAim)
            ? world.Between(1.5, 4.5)
            : usual;

    /// <summary>A message was sent: its copy goes astray, if the aim wants it to.</summary>
    public void Sent(Passage passage, Action deliver)
    {
        if (passage.Kind is PassageKind.Request && passage.Method == aim?.Astray)
        {
            var copies = _astray.TryGetValue(passage.Target, out var known) ? known : _astray[passage.Target] = [];
            copies.Enqueue(deliver);
            if (copies.Count > MostAstray)
            {
                copies.Dequeue();
            }
        }
    }

    /// <summary>Something was stored.</summary>
    public void Stored(StateKey key, ReadOnlyMemory<byte> json)
    {
        if (aim is null || !world.IsStormy)
        {
            return;
        }

        switch (key.Grain.Type)
        {
            case "call":
                var call = new CallId(key.Grain.Key);
                if (world.Auditor.CallOf(call) is { } state && Enters(key.Grain.Key, state.Phase))
                {
                    Entered(key.Grain.ToString(), state.Phase);
                    Follow(call, state.Phase, MostTries);
                }

                break;
            case "interpreter" when aim.In is InterpreterStatus:
                var status = Read<Kept<InterpreterState, InterpreterEffect>>(json).State.Status;
                if (Enters(key.Grain.Key, status))
                {
                    Entered(key.Grain.ToString(), status);
                }

                break;
            case "queue" when aim.In is Place:
                Look(key.Grain.ToString(), Read<Kept<QueueState, QueueEffect>>(json).State);
                break;
        }
    }

    private static T Read<T>(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize<T>(json.Span, Json)!;

    private void Look(string queue, QueueState state)
    {
        var gone = _phases.Where(known => known.Value is not Place.None)
            .Select(known => known.Key)
            .Where(call => !state.Tickets.ContainsKey(new CallId(call)));
        foreach (var call in gone.Concat(state.Tickets.Keys.Select(call => call.Value)).Order().ToList())
        {
            var place = state.PlaceOf(new CallId(call));
            if (Enters(call, place))
            {
                Entered(queue, place);
            }
        }
    }

    private bool Enters(string who, Enum phase)
    {
        var before = _phases.GetValueOrDefault(who);
        _phases[who] = phase;
        return !phase.Equals(before);
    }

    private void Entered(string receiver, Enum phase)
    {
        if (!phase.Equals(aim!.In) || !_astray.Remove(receiver, out var copies))
        {
            return;
        }

        foreach (var deliver in copies)
        {
            if (world.Strikes(Decision.FollowAim))
            {
                world.Time.After(world.Between(0, 0.3), () =>
                {
                    world.Log.Note($"a copy of {aim.Astray} comes to {receiver}");
                    deliver();
                });
            }
        }
    }

    /// <summary>Does what the aim has for this phase, again and again until the call is in another.</summary>
    private void Follow(CallId call, CallPhase phase, int tries)
    {
        foreach (var (_, deed) in aim!.Deeds.Where(one => one.In == phase))
        {
            Try(call, phase, deed, tries);
        }
    }

    private void Try(CallId call, CallPhase phase, Action<World, CallId> deed, int tries) =>
        world.Time.After(world.Between(0.01, 1.2), () =>
        {
            if (tries > 0 && world.IsStormy && world.Auditor.CallOf(call)?.Phase == phase)
            {
                if (world.Strikes(Decision.FollowAim))
                {
                    deed(world, call);
                }

                Try(call, phase, deed, tries - 1);
            }
        });
}
