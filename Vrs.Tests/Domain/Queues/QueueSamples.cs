using System.Collections.Immutable;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Tests.Domain.Queues;

/// <summary>Queues made of what a test says, without the machine.</summary>
internal static class QueueSamples
{
    public static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Ticket Ticket(
        string call,
        long join,
        PriorityClass priority = PriorityClass.Standard,
        ImmutableArray<string> skills = default,
        ImmutableArray<Pause> pauses = default) => new(
        new CallId(call),
        priority,
        join,
        skills.IsDefault ? [] : skills,
        Now,
        Place.Waiting,
        Offer: 0,
        Interpreter: null,
        pauses.IsDefault ? [] : pauses);

    public static Candidate Candidate(string interpreter, long freeSince, params ImmutableArray<string> skills) =>
        new(new InterpreterId(interpreter), Stint: 1, Free: true, freeSince, skills);

    public static QueueState Queue(IEnumerable<Ticket> tickets, IEnumerable<Candidate> candidates) => new()
    {
        Pool = new PoolId("ase+en"),
        Tickets = tickets.ToImmutableDictionary(ticket => ticket.Call),
        Candidates = candidates.ToImmutableDictionary(candidate => candidate.Interpreter),
    };

    /// <summary>
    /// A queue that a seed chooses: up to six calls and six interpreters, with skills, classes and pauses.
    /// </summary>
    public static QueueState Any(Random random)
    {
        string[][] sets = [[], ["legal"], ["legal", "medical"], ["medical"]];
        var tickets = Enumerable.Range(1, random.Next(7)).Select(number => Ticket(
            $"call{number}",
            number,
            (PriorityClass)random.Next(4),
            [.. sets[random.Next(4)]],
            random.Next(3) == 0
                ? [new Pause(new InterpreterId($"i{random.Next(1, 7)}"), Now.AddSeconds(random.Next(-5, 6)))]
                : []) with
        {
            Place = random.Next(5) == 0 ? Place.Held : Place.Waiting,
        });
        var candidates = Enumerable.Range(1, random.Next(7)).Select(number =>
            Candidate($"i{number}", random.Next(4), [.. sets[random.Next(4)]]) with { Free = random.Next(5) > 0 });
        return Queue(tickets.ToList(), candidates.ToList());
    }
}
