using System.Collections.Immutable;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Bench.Queues;

/// <summary>
/// The worst of lines: as many free interpreters as waiting calls, and none fits any. Every waiting call needs a Deaf
/// interpreter, or insists on one who is not at work; none of those who are free is one. Then one call joins whom many
/// fit, or one interpreter becomes free who fits many.
/// </summary>
internal sealed class LongLine
{
    private const string Rare = "deaf-interpreter";

    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ImmutableArray<string>[] Sets =
    [
        .. from skills in new string[][] { [], ["legal"], ["medical"], ["legal", "medical"] }
           from country in new[] { "country:ca", "country:us" }
           from certified in new string[][] { [], ["certified:nic"] }
           select Qualification.Set([.. skills, country, .. certified]),
    ];

    private static readonly string[] Genders = ["female", "male", "nonbinary"];

    private readonly Candidate[] _candidates;
    private readonly Ticket[] _tickets;

    private LongLine(Ticket[] tickets, Candidate[] candidates)
    {
        (_tickets, _candidates) = (tickets, candidates);
        State = new QueueState
        {
            Pool = new PoolId("ase+en"),
            Limits = QueueLimits.Default with { MaxWaiting = 1_000_000 },
            Tickets = tickets.ToImmutableDictionary(ticket => ticket.Call),
            Candidates = candidates.ToImmutableDictionary(candidate => candidate.Interpreter),
            LastJoin = tickets.Length,
            LastFree = candidates.Length,
        };
    }

    /// <summary>How many different demands wait, and how many different qualifications are free.</summary>
    public static int Demands => Sets.Length * 2;

    /// <inheritdoc cref="Demands"/>
    public static int Offers => Sets.Length * Genders.Length;

    public QueueState State { get; }

    private static DateTimeOffset Now => Start.AddHours(1);

    public static LongLine Of(int size)
    {
        var line = new LongLine(
            [.. Enumerable.Range(0, size).Select(TicketOf)],
            [.. Enumerable.Range(0, size).Select(CandidateOf)]);
        if (QueueMachine.MatchAll(line.State, Now).Effects.Length > 0)
        {
            throw new InvalidOperationException("Somebody fits; this is not the worst of lines.");
        }

        return line;
    }

    /// <summary>A call joins that many fit: who is reserved for it. The line stays as it was.</summary>
    public InterpreterId Join(int number) =>
        MadeBy(QueueMachine.ApplyAndMatch(State, JoinOf(number)).Effects).Interpreter;

    /// <summary>An interpreter becomes free who fits many: for which call. The line stays as it was.</summary>
    public CallId BecomeFree(int number) => MadeBy(CandidateMachine.ApplyAndMatch(State, FreeOf(number)).Effects).Call;

    /// <summary>The decision for the same call by looking at everybody who is free.</summary>
    public InterpreterId ScanForCall(int number)
    {
        var joined = JoinOf(number);
        var ticket = TicketOf(number) with { RequiredSkills = joined.RequiredSkills, Preference = joined.Preference };
        return LinearAllocation.InterpreterFor(_candidates, ticket with { Insists = false }, Now)
            ?? throw new InvalidOperationException("Nobody was found.");
    }

    /// <summary>The decision for the same interpreter by looking at everybody who waits.</summary>
    public CallId ScanForInterpreter(int number)
    {
        var free = FreeOf(number);
        var candidate = CandidateOf(number) with { Interpreter = free.Interpreter, Skills = free.Skills };
        return LinearAllocation.CallFor(_tickets, candidate, Now)
            ?? throw new InvalidOperationException("No call was found.");
    }

    private static QueueEffect.Reserve MadeBy(ImmutableArray<QueueEffect> effects) =>
        effects.OfType<QueueEffect.Reserve>().SingleOrDefault()
            ?? throw new InvalidOperationException("Nobody was reserved.");

    private static QueueEvent.Joined JoinOf(int number) => new(
        new CallId($"new{number}"),
        PriorityClass.Standard,
        Sets[number % Sets.Length],
        new UserId($"caller{number}"),
        new InterpreterPreference(
            Genders[number % Genders.Length], null, TimeSpan.Zero, PreferenceFallback.Anyone))
    { At = Now };

    private static CandidateEvent.BecameFree FreeOf(int number) => new(
        new InterpreterId($"new{number}"),
        1,
        Qualification.Set([.. Sets[number % Sets.Length], Rare, $"gender:{Genders[number % Genders.Length]}"]))
    {
        At = Now,
    };

    private static Ticket TicketOf(int number)
    {
        var preference = (number / Sets.Length % 4) switch
        {
            1 => new InterpreterPreference("female", null, TimeSpan.FromHours(9), PreferenceFallback.Anyone),
            2 => new InterpreterPreference(
                null, new InterpreterId($"away{number}"), TimeSpan.FromHours(9), PreferenceFallback.Anyone),
            _ => null,
        };
        return new Ticket(
            new CallId($"call{number}"),
            (PriorityClass)(1 + (number % 3)),
            number + 1,
            Qualification.Set([.. Sets[number % Sets.Length], Rare]),
            Start.AddMilliseconds(number),
            Place.Waiting,
            Offer: 0,
            Interpreter: null,
            Pauses: [])
        {
            Caller = new UserId($"caller{number}"),
            Preference = preference,
            Insists = preference is not null,
            InsistsUntil = preference is null ? null : Start.AddHours(9),
        };
    }

    private static Candidate CandidateOf(int number) => new(
        new InterpreterId($"interpreter{number}"),
        Stint: 1,
        Free: true,
        number + 1,
        Qualification.Set(
            [.. Sets[number % Sets.Length], $"gender:{Genders[number / Sets.Length % Genders.Length]}"]));
}
