using System.Collections.Immutable;
using System.Globalization;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Grains.Queues;

namespace Vrs.Tests.Callflows;

/// <summary>What a story says about people before they act: their pools, qualifications and wishes.</summary>
internal sealed class StoryPeople
{
    /// <summary>How long a preferred interpreter is waited for.</summary>
    public static readonly TimeSpan PreferenceWait = TimeSpan.FromSeconds(60);

    /// <summary>Deeds that end with a word: a pool, a qualification, or a person.</summary>
    public static readonly ImmutableArray<string> Deeds =
        ["serves", "is served by", "is qualified for", "needs", "prefers", "insists on"];

    private static readonly PoolOptions[] Pools =
    [
        new() { Pool = "ase+en" },
        new() { Pool = "ase+es", Overflow = "ase+en" },
        new() { Pool = "lse+es", Overflow = "ase+en", Closed = true },
        new() { Pool = "lsq+fr", MaxWaiting = 1 },
    ];

    /// <summary>What holds for interpreters in stories; none of them works for hours.</summary>
    public static readonly InterpreterLimits Work =
        InterpreterLimits.Default with { BreakDueAfter = TimeSpan.FromMinutes(30) };

    private readonly Dictionary<string, StoryPerson> _people = [];

    /// <summary>How long a call waits before it goes on to another pool.</summary>
    public static TimeSpan OverflowAfter => Pools[1].OverflowAfter;

    /// <summary>How long one that is under way does.</summary>
    public static TimeSpan OverflowInCallAfter => Pools[1].OverflowInCallAfter;

    /// <summary>The pools of all stories, as options.</summary>
    public static QueueOptions Queues()
    {
        var options = new QueueOptions();
        foreach (var pool in Pools)
        {
            options.Pools.Add(pool);
        }

        return options;
    }

    /// <summary>The same as settings, with what holds for interpreters.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Settings() =>
        PoolSettings().Append(new("Interpreters:BreakDueAfter", Work.BreakDueAfter.ToString()));

    private static IEnumerable<KeyValuePair<string, string?>> PoolSettings() => Pools.SelectMany((pool, i) =>
        new Dictionary<string, string?>
        {
            [$"Queues:Pools:{i}:Pool"] = pool.Pool,
            [$"Queues:Pools:{i}:Overflow"] = pool.Overflow,
            [$"Queues:Pools:{i}:Closed"] = pool.Closed.ToString(),
            [$"Queues:Pools:{i}:MaxWaiting"] = pool.MaxWaiting?.ToString(CultureInfo.InvariantCulture),
        });

    /// <summary>What was said about this person.</summary>
    public StoryPerson Of(string who) =>
        _people.GetValueOrDefault(who, new StoryPerson(new PoolId(Pools[0].Pool), [], [], null));

    /// <summary>Notes what a command says about a person; false when it is about something else.</summary>
    public bool Learn(StoryCommand command)
    {
        var (person, word) = (Of(command.Who), command.Number!);
        if (!Deeds.Contains(command.Deed))
        {
            return false;
        }

        _people[command.Who] = command.Deed switch
        {
            "serves" or "is served by" => person with { Pool = new PoolId(word) },
            "is qualified for" => person with { Skills = Qualification.Set([.. person.Skills, word]) },
            "needs" => person with { Required = Qualification.Set([.. person.Required, word]) },
            "prefers" => person with { Preference = Wish(word, PreferenceFallback.Anyone) },
            _ => person with { Preference = Wish(word, PreferenceFallback.KeepWaiting) },
        };
        return true;
    }

    /// <param name="word">A person, or a gender.</param>
    /// <param name="fallback">What is agreed to otherwise.</param>
    private static InterpreterPreference Wish(string word, PreferenceFallback fallback) =>
        word.StartsWith(Qualification.GenderMark, StringComparison.Ordinal)
            ? new(word[Qualification.GenderMark.Length..], null, PreferenceWait, fallback)
            : new(null, new InterpreterId(word), PreferenceWait, fallback);
}

/// <summary>What a story says about one person.</summary>
/// <param name="Pool">Which she serves, or is served by.</param>
/// <param name="Skills">What she is qualified for.</param>
/// <param name="Required">What her calls need.</param>
/// <param name="Preference">Whom she would like to have.</param>
internal sealed record StoryPerson(
    PoolId Pool, ImmutableArray<string> Skills, ImmutableArray<string> Required, InterpreterPreference? Preference)
{
    /// <summary>Her account with what was said.</summary>
    public Account In(Account account) => account with
    {
        Pools = [Pool],
        Skills = Skills,
        Wishes = new StandingWishes(Required, Preference),
    };
}
