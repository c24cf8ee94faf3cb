using System.Collections.Immutable;
using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Tests.Domain.Queues;

/// <summary>Queues made of what a test says, without the machine.</summary>
internal static class QueueSamples
{
    /// <summary>How many worlds <see cref="EveryWorld"/> makes.</summary>
    public const int EveryWorldCount = (1 + 9 + (9 * 9) + (9 * 9 * 9)) * (1 + 4 + (4 * 4) + (4 * 4 * 4));

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

    /// <summary>A wish for a gender, an interpreter, or both, that anyone may stand in for.</summary>
    public static InterpreterPreference Wish(string? gender, string? interpreter = null) => new(
        gender,
        interpreter is null ? null : new InterpreterId(interpreter),
        TimeSpan.FromSeconds(60),
        PreferenceFallback.Anyone);

    /// <summary>The offers that were made, in order.</summary>
    public static List<(string Call, string Interpreter)> Reservations(Transition<QueueState, QueueEffect> matched) =>
        [.. matched.Effects.OfType<QueueEffect.Reserve>().Select(made => (made.Call.Value, made.Interpreter.Value))];

    /// <summary>
    /// A queue that a seed chooses: up to six calls and six interpreters, with skills, classes, wishes and pauses.
    /// </summary>
    public static QueueState Any(Random random)
    {
        string[][] sets =
            [[], ["legal"], ["legal", "medical"], ["medical"], ["country:us"], ["certified:nic", "legal"]];
        var tickets = Enumerable.Range(1, random.Next(7)).Select(number => Ticket(
            $"call{number}",
            number,
            (PriorityClass)random.Next(4),
            [.. sets[random.Next(sets.Length)]],
            random.Next(3) == 0
                ? [new Pause(new InterpreterId($"i{random.Next(1, 7)}"), Now.AddSeconds(random.Next(-5, 6)))]
                : []) with
        {
            Place = random.Next(5) == 0 ? Place.Held : Place.Waiting,
            JoinedAt = Now.AddMinutes(-random.Next(20)),
            Preference = AnyWish(random),
            Insists = random.Next(2) == 0,
        });
        var candidates = Enumerable.Range(1, random.Next(7)).Select(number =>
        {
            string[] genders = ["gender:female", "gender:male"];
            var words = sets[random.Next(sets.Length)].Concat(genders.Take(random.Next(2)));
            return Candidate($"i{number}", random.Next(4), Qualification.Set(words)) with { Free = random.Next(5) > 0 };
        });
        return Queue(tickets.ToList(), candidates.ToList());
    }

    /// <summary>A wish that a seed chooses, or none.</summary>
    public static InterpreterPreference? AnyWish(Random random) => random.Next(4) switch
    {
        0 => Wish("female"),
        1 => Wish(null, $"i{random.Next(1, 7)}"),
        2 => Wish("male", $"i{random.Next(1, 7)}"),
        _ => null,
    };

    /// <summary>Every queue of up to three calls of nine kinds and three interpreters of four kinds.</summary>
    public static IEnumerable<QueueState> EveryWorld()
    {
        Func<int, Ticket>[] calls =
        [
            number => Ticket($"c{number}", number),
            number => Ticket($"c{number}", number, PriorityClass.Urgent),
            number => Ticket($"c{number}", number, PriorityClass.Emergency, ["legal"]),
            number => Ticket($"c{number}", number, skills: ["legal"]),
            number => Ticket($"c{number}", number) with { Preference = Wish("female") },
            number => Ticket($"c{number}", number) with { Preference = Wish("female"), Insists = true },
            number => Ticket($"c{number}", number) with { Preference = Wish(null, "i2") },
            number => Ticket($"c{number}", number) with { Preference = Wish(null, "i2"), Insists = true },
            number => Ticket($"c{number}", number, pauses: [new Pause(new InterpreterId("i1"), Now.AddSeconds(1))]),
        ];
        Func<int, Candidate>[] interpreters =
        [
            number => Candidate($"i{number}", number),
            number => Candidate($"i{number}", number, "legal"),
            number => Candidate($"i{number}", -number, "gender:female"),
            number => Candidate($"i{number}", number, "gender:female", "legal") with { Free = number != 3 },
        ];
        return from tickets in Choices(calls)
               from candidates in Choices(interpreters)
               select Queue(tickets, candidates);
    }

    /// <summary>Every list of up to three of these.</summary>
    private static IEnumerable<ImmutableArray<T>> Choices<T>(Func<int, T>[] kinds)
    {
        IEnumerable<ImmutableArray<T>> lists = [[]];
        var all = lists;
        for (var number = 1; number <= 3; number++)
        {
            var next = number;
            lists = lists.SelectMany(list => kinds.Select(kind => list.Add(kind(next)))).ToList();
            all = all.Concat(lists);
        }

        return all;
    }
}
