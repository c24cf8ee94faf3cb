using Vrs.Gateway.Legs;

namespace Vrs.Tests.Gateway.Legs;

/// <summary>The machines of legs: every cell is there, and what they promise holds in every one of them.</summary>
public sealed class LegMachineTests
{
    private static readonly LegTable[] Tables = [LegMachines.Inbound, LegMachines.Outbound, LegMachines.Adopted];

    private static readonly LegAction[] Endings =
    [
        LegAction.TellCancelled, LegAction.TellHungUp, LegAction.TellBroken, LegAction.TellRefused,
        LegAction.TellUnacceptable,
    ];

    [Fact]
    public void Every_stage_has_a_cell_for_every_trigger()
    {
        var missing =
            from table in Tables
            from stage in table.Stages
            from trigger in table.Triggers
            where !table.Has(stage, trigger)
            select (table.Initial, stage, trigger);

        Assert.Empty(missing);
    }

    [Fact]
    public void A_cell_is_a_step_or_ignored_or_refused_never_two_of_them() => Each((_, stage, _, step) =>
    {
        if (step.IgnoredBecause is not null || step.RefusedBecause is not null)
        {
            Assert.Equal(stage, step.Next);
            Assert.Empty(step.Actions);
            Assert.False(step.IgnoredBecause is not null && step.RefusedBecause is not null);
        }
        else
        {
            Assert.True(stage != step.Next || step.Actions.Length > 0, $"{stage} does nothing and gives no reason.");
        }
    });

    [Fact]
    public void The_call_is_told_of_an_end_exactly_when_the_device_ended_the_leg() => Each((_, stage, trigger, step) =>
    {
        var told = step.Actions.Count(Endings.Contains);
        LegStage[] known = [LegStage.Superseded, LegStage.Ending, LegStage.Over];
        var ends = step.Next is LegStage.Over or LegStage.Ending && !known.Contains(stage);
        var knows = trigger is LegTrigger.EndWanted or LegTrigger.FlowLost;
        Assert.Equal(ends && !knows ? 1 : 0, told);
    });

    [Fact]
    public void Only_commands_are_refused() => Each((_, _, trigger, step) =>
    {
        LegTrigger[] commands =
            [LegTrigger.ProgressWanted, LegTrigger.AnswerWanted, LegTrigger.DescriptionWanted, LegTrigger.AckWanted];
        Assert.True(step.RefusedBecause is null || commands.Contains(trigger), $"{trigger} is refused.");
    });

    [Fact]
    public void Over_is_the_end() => Each((_, stage, _, step) =>
        Assert.True(stage != LegStage.Over || step.Next == LegStage.Over));

    [Fact]
    public void Ending_a_leg_is_never_refused_and_always_leads_to_its_end() => Each((_, stage, trigger, step) =>
    {
        if (trigger == LegTrigger.EndWanted)
        {
            Assert.Null(step.RefusedBecause);
            Assert.True(step.Next is LegStage.Ending or LegStage.Over, $"{stage} stays.");
        }
    });

    [Fact]
    public void No_BYE_before_the_ACK_to_our_2xx()
    {
        Assert.DoesNotContain(
            LegAction.SendBye, LegMachines.Inbound[LegStage.Answered, LegTrigger.EndWanted].Actions.ToArray());
        Assert.Equal(
            [LegAction.SendBye], LegMachines.Inbound[LegStage.Ending, LegTrigger.Acknowledged].Actions.ToArray());
    }

    private static void Each(Action<LegTable, LegStage, LegTrigger, LegStep> check)
    {
        foreach (var table in Tables)
        {
            foreach (var stage in table.Stages)
            {
                foreach (var trigger in table.Triggers)
                {
                    check(table, stage, trigger, table[stage, trigger]);
                }
            }
        }
    }
}
