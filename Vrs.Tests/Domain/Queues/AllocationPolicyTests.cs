using FsCheck;
using FsCheck.Fluent;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using static Vrs.Tests.Domain.Queues.QueueSamples;

namespace Vrs.Tests.Domain.Queues;

/// <summary>Who gets whom. A failing property prints its seed; <c>VRS_SEED</c> repeats it.</summary>
public sealed class AllocationPolicyTests
{
    [Fact]
    public void The_first_call_gets_the_interpreter_who_is_longest_idle() => Assert.Equal(
        new Match(new CallId("first"), new InterpreterId("ines")),
        AllocationPolicy.Next(
            Queue([Ticket("second", 2), Ticket("first", 1)], [Candidate("ivan", 9), Candidate("ines", 4)]), Now));

    [Fact]
    public void Nobody_is_matched_without_the_skills_required() => Assert.Null(
        AllocationPolicy.Next(Queue([Ticket("c", 1, skills: ["legal"])], [Candidate("ines", 1, "medical")]), Now));

    [Fact]
    public void Rare_skills_are_kept_for_those_who_need_them() => Assert.Equal(
        new InterpreterId("ivan"),
        AllocationPolicy.Next(Queue([Ticket("c", 1)], [Candidate("ines", 1, "legal"), Candidate("ivan", 2)]), Now)!
            .Interpreter);

    [Fact]
    public void A_call_nobody_fits_does_not_hold_up_the_next() => Assert.Equal(
        new CallId("second"),
        AllocationPolicy.Next(
            Queue([Ticket("first", 1, skills: ["legal"]), Ticket("second", 2)], [Candidate("ines", 1)]), Now)!.Call);

    [Fact]
    public void Whoever_let_the_offer_pass_is_not_asked_again_before_the_pause_is_over()
    {
        var pause = new Pause(new InterpreterId("ines"), Now.AddSeconds(30));
        var queue = Queue([Ticket("c", 1, pauses: [pause])], [Candidate("ines", 1)]);

        Assert.Null(AllocationPolicy.Next(queue, Now));
        Assert.NotNull(AllocationPolicy.Next(queue, Now.AddSeconds(31)));
    }

    [Theory]
    [InlineData(PriorityClass.Emergency, 1_000_000, true)]
    [InlineData(PriorityClass.Recovering, 999, true)]
    [InlineData(PriorityClass.Recovering, 1_002, false)]
    [InlineData(PriorityClass.Urgent, 49, true)]
    [InlineData(PriorityClass.Urgent, 52, false)]
    public void A_class_goes_ahead_of_so_many_standard_calls_and_no_more(PriorityClass priority, long later, bool ahead)
    {
        var queue = Queue([Ticket("standard", 1), Ticket("other", 1 + later, priority)], [Candidate("ines", 1)]);

        Assert.Equal(ahead ? "other" : "standard", AllocationPolicy.Next(queue, Now)!.Call.Value);
    }

    [Fact]
    public void The_policy_agrees_with_looking_at_everybody() => ForEverySeed(seed =>
    {
        var queue = Any(new Random(seed));

        Assert.Equal(ByLookingAtEverybody(queue), AllocationPolicy.Next(queue, Now));
    });

    [Fact]
    public void The_order_in_which_things_are_listed_does_not_matter() => ForEverySeed(seed =>
    {
        var random = new Random(seed);
        var queue = Any(random);
        var tickets = queue.Tickets.Values.ToArray();
        var candidates = queue.Candidates.Values.ToArray();
        random.Shuffle(tickets);
        random.Shuffle(candidates);

        Assert.Equal(AllocationPolicy.Next(queue, Now), AllocationPolicy.Next(Queue(tickets, candidates), Now));
    });

    [Fact]
    public void Nobody_waits_while_a_fit_interpreter_is_idle() => ForEverySeed(seed =>
    {
        var matched = QueueMachine.MatchAll(Any(new Random(seed)), Now).Next;

        Assert.Null(ByLookingAtEverybody(matched));
        var asked = matched.Tickets.Values.Select(ticket => ticket.Interpreter).OfType<InterpreterId>().ToList();
        Assert.Equal(matched.Tickets.Values.Count(ticket => ticket.Place is Place.Reserving), asked.Count);
        Assert.Equal(asked.Distinct(), asked);
    });

    [Fact]
    public void The_index_is_what_it_would_be_if_it_were_made_anew() => ForEverySeed(seed =>
    {
        var matched = QueueMachine.MatchAll(Any(new Random(seed)), Now).Next;
        var anew = matched with { Index = QueueIndex.Of(matched.Tickets.Values, matched.Candidates.Values) };

        Assert.Equal<CallId>(AllocationPolicy.Order(anew), AllocationPolicy.Order(matched));
        Assert.Equal(anew.Index.IdleCount, matched.Index.IdleCount);
        Assert.Equal(anew.Index.WaitingCount, matched.Index.WaitingCount);
    });

    [Fact]
    public void A_decision_in_a_long_line_looks_at_few()
    {
        var tickets = Enumerable.Range(1, 20_000).Select(number => Ticket($"call{number:00000}", number)).ToList();
        var candidates = Enumerable.Range(1, 2_000).Select(number => Candidate($"i{number:0000}", number)).ToList();

        var matched = QueueMachine.MatchAll(Queue(tickets, candidates), Now);

        Assert.Equal(
            Enumerable.Range(1, 2_000).Select(number => ($"call{number:00000}", $"i{number:0000}")),
            matched.Effects.Cast<QueueEffect.Reserve>().Select(made => (made.Call.Value, made.Interpreter.Value)));
    }

    /// <summary>The policy as its comment says it, without an index.</summary>
    private static Match? ByLookingAtEverybody(QueueState queue)
    {
        var matches =
            from ticket in queue.Tickets.Values
            where ticket.Place is Place.Waiting
            from candidate in queue.Candidates.Values
            where candidate.Free
                && ticket.MayAsk(candidate.Interpreter, Now)
                && ticket.RequiredSkills.All(candidate.Skills.Contains)
            orderby ticket.Priority is PriorityClass.Emergency ? 0 : 1,
                ticket.Join - HeadStart(ticket.Priority),
                ticket.Join,
                candidate.Skills.Length,
                candidate.FreeSince,
                candidate.Interpreter.Value
            select new Match(ticket.Call, candidate.Interpreter);
        return matches.FirstOrDefault();
    }

    private static long HeadStart(PriorityClass priority) => priority switch
    {
        PriorityClass.Recovering => AllocationPolicy.RecoveringHeadStart,
        PriorityClass.Urgent => AllocationPolicy.UrgentHeadStart,
        _ => 0,
    };

    private static void ForEverySeed(Action<int> check)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("VRS_SEED"), out var one))
        {
            check(one);
            return;
        }

        var property = Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var fault = Record.Exception(() => check(seed));
            Assert.True(
                fault is null,
                $"VRS_SEED={seed} dotnet test Vrs.Tests --filter AllocationPolicyTests repeats this: {fault}");
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), property);
    }
}
