using System.Collections.Immutable;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Tests.Simulation;

/// <summary>
/// The cell of a table that a seed is aimed at, and what brings it about: chance alone would seldom bring it together.
/// Whatever is done here a person, a device or a network could do; the seed's faults happen as they would.
/// </summary>
/// <param name="In">The phase of a call, the status of an interpreter, or a call's place in line.</param>
/// <param name="Event">The event that is to come then.</param>
internal sealed record Aim(Enum In, string Event)
{
    /// <summary>A copy of requests of this method goes astray, and comes when its receiver is there.</summary>
    public string? Astray { get; init; }

    /// <summary>Messages of these kinds and methods take seconds, less than a sender waits for an answer.</summary>
    public ImmutableHashSet<string> Slow { get; init; } = [];

    /// <summary>What people do again and again while a call is in a phase.</summary>
    public ImmutableArray<(CallPhase In, Action<World, CallId> Deed)> Deeds { get; init; } = [];

    /// <summary>How likely people do what they may, on legs of a role of a call in this phase.</summary>
    public ImmutableDictionary<(Decision What, LegRole Leg), double> Habits { get; init; } =
        ImmutableDictionary<(Decision What, LegRole Leg), double>.Empty;

    /// <summary>Who there is, and what else they are like.</summary>
    public Func<Swarm, Swarm> Crowd { get; init; } = static swarm => swarm;

    /// <summary>What the process is told besides.</summary>
    public ImmutableArray<(string Name, string Value)> Settings { get; init; } = [];

    /// <summary>How many of a round of seeds have this aim: more for one that is often missed.</summary>
    public int Turns { get; init; } = 1;

    /// <summary>The aim of a seed: every second one has one, each in turn.</summary>
    /// <param name="seed">The seed.</param>
    public static Aim? Of(int seed) => seed % 2 == 0 ? null : Aims.All[seed / 2 % Aims.All.Length];

    public override string ToString() => $"{In.GetType().Name}.{In} {Event}";

    public Aim With(CallPhase phase, Action<World, CallId> deed) => this with { Deeds = Deeds.Add((phase, deed)) };

    /// <summary>Whoever may do this on such a leg does, or never does.</summary>
    public Aim Habit(Decision what, LegRole leg, double likelihood) =>
        this with { Habits = Habits.Add((what, leg), likelihood) };

    public Aim Among(Func<Swarm, Swarm> crowd) => this with { Crowd = swarm => crowd(Crowd(swarm)) };

    public Aim Set(string name, string value) => this with { Settings = Settings.Add((name, value)) };

    public Aim Copying(string method) => this with { Astray = method };

    public Aim Often() => this with { Turns = 3 };

    public Aim Slowing(string kindAndMethod) => this with { Slow = Slow.Add(kindAndMethod) };
}
