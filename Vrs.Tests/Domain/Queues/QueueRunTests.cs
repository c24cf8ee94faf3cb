using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Vrs.Bench.Queues;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Silo.Storage;
using static Vrs.Tests.Domain.Queues.QueueSamples;

namespace Vrs.Tests.Domain.Queues;

/// <summary>
/// A queue over time, as a seed chooses: calls come, go away and come back, interpreters become free, let offers pass
/// or take them, time passes. A failing property prints its seed; <c>VRS_SEED</c> repeats it.
/// </summary>
public sealed class QueueRunTests
{
    private const int Steps = 120;

    [Fact]
    public void No_call_waits_while_somebody_fit_is_idle_and_every_match_is_the_next_by_the_policy() =>
        ForEverySeed(seed =>
        {
            var run = new QueueRun(seed);
            run.Matched += (before, transition, at) =>
            {
                foreach (var match in Reservations(transition))
                {
                    var expected = LinearAllocation.Next(before, at);
                    Assert.Equal(match, (expected?.Call.Value, expected?.Interpreter.Value));
                    before = Without(before, match);
                }

                Assert.Null(LinearAllocation.Next(before, at));
            };
            run.Go(Steps);
        });

    [Fact]
    public void The_index_is_what_it_would_be_if_it_were_made_anew() => ForEverySeed(seed =>
    {
        var run = new QueueRun(seed);
        run.Stepped += (_, transition) => Assert.Equal(
            Describe(QueueIndex.Of(transition.Next.Tickets.Values, transition.Next.Candidates.Values)),
            Describe(transition.Next.Index));
        run.Go(Steps);
    });

    [Fact]
    public void Two_replicas_make_the_same_decisions_of_the_same_events_even_when_one_comes_back_from_storage() =>
        ForEverySeed(seed =>
        {
            var run = new QueueRun(seed);
            var replica = run.State;
            run.Stepped += (apply, transition) =>
            {
                var json = new StateJson().Options;
                var restored = JsonSerializer.Deserialize<QueueState>(JsonSerializer.Serialize(replica, json), json)!;
                var other = apply(restored);
                Assert.Equal(
                    JsonSerializer.Serialize(transition.Effects, json), JsonSerializer.Serialize(other.Effects, json));
                replica = other.Next;
                Assert.Equal(Text(transition.Next), Text(replica));

                // Dictionaries are written in no particular order, so the parts are compared.
                string Text(QueueState state) => string.Join('\n', state.Tickets.Values.Select(one => Line(one))
                    .Concat(state.Candidates.Values.Select(one => Line(one)))
                    .Order(StringComparer.Ordinal));
                string Line<T>(T one) => JsonSerializer.Serialize(one, json);
            };
            run.Go(Steps / 2);
        });

    [Fact]
    public void A_call_that_has_waited_for_the_head_start_of_a_class_is_overtaken_by_none_of_it_any_more() =>
        ForEverySeed(seed =>
        {
            var run = new QueueRun(seed);
            run.Matched += (before, transition, at) =>
            {
                foreach (var match in Reservations(transition))
                {
                    var served = before.Tickets[new(match.Call)];
                    var chosen = before.Candidates[new(match.Interpreter)];
                    var passedOver = before.Tickets.Values.Where(other => other.Place is Place.Waiting
                        && other.JoinedAt < served.JoinedAt - TimeSpan.FromMinutes(15)
                        && LinearAllocation.Fits(other, chosen, at));
                    Assert.True(
                        served.Priority is PriorityClass.Emergency || !passedOver.Any(),
                        $"{match.Call} overtook {string.Join(", ", passedOver.Select(other => other.Call))}.");
                    before = Without(before, match);
                }
            };
            run.Go(Steps);
        });

    [Fact]
    public void A_standard_call_is_served_within_the_bound_however_many_urgent_ones_keep_coming()
    {
        // One interpreter who serves a call a minute; each minute three come that are urgent or lost theirs.
        var state = QueueMachine.Apply(
            new QueueState(), new QueueEvent.Joined(new("patient"), PriorityClass.Standard, []) { At = Now }).Next;
        var servedAfter = Enumerable.Range(1, 60).First(minute =>
        {
            var at = Now.AddMinutes(minute);
            var priority = minute % 2 == 0 ? PriorityClass.Urgent : PriorityClass.Recovering;
            for (var call = 0; call < 3; call++)
            {
                state = QueueMachine.ApplyAndMatch(
                    state, new QueueEvent.Joined(new($"c{minute}-{call}"), priority, []) { At = at }).Next;
            }

            var free = new CandidateEvent.BecameFree(new("ines"), minute, []) { At = at };
            var matched = CandidateMachine.ApplyAndMatch(state, free);
            state = QueueMachine.Apply(
                matched.Next, new QueueEvent.Left(new(Assert.Single(Reservations(matched)).Call)) { At = at }).Next;
            return state.PlaceOf(new("patient")) is Place.None;
        });

        // First the three urgent ones of the first 3 minutes and the 21 others of the first 15, and not one more.
        Assert.Equal(25, servedAfter);
    }

    private static QueueState Without(QueueState queue, (string Call, string Interpreter) match) => Queue(
        queue.Tickets.Values.Where(ticket => ticket.Call.Value != match.Call).ToList(),
        queue.Candidates.Values.Where(one => one.Interpreter.Value != match.Interpreter).ToList());

    private static string Describe(QueueIndex index) => string.Join(
        '\n',
        index.Line.Select(key => key.ToString())
            .Concat(index.Waiting.Select(group => $"{group.Key}: {string.Join(", ", group.Value)}"))
            .Concat(index.Named.OrderBy(named => named.Key.Value, StringComparer.Ordinal).SelectMany(named =>
                named.Value.Select(group => $"{named.Key} {group.Key}: {string.Join(", ", group.Value)}")))
            .Concat(index.Idle.Select(group => $"{group.Key}: {string.Join(", ", group.Value)}"))
            .Concat(index.Due.Select(due => due.ToString()))
            .Append($"{index.WaitingCount} wait, {index.IdleCount} are idle"));

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
                $"VRS_SEED={seed} dotnet test Vrs.Tests --filter QueueRunTests repeats this: {fault}");
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), property);
    }
}
