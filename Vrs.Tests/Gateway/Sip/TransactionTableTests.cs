using Vrs.Gateway.Sip.Transactions;

namespace Vrs.Tests.Gateway.Sip;

/// <summary>Every (state, trigger) of every machine has exactly one cell, and every machine can end.</summary>
public sealed class TransactionTableTests
{
    public static TheoryData<TransactionTable> Tables =>
    [
        InviteServerMachine.Table, NonInviteServerMachine.Table,
        InviteClientMachine.Table, NonInviteClientMachine.Table,
    ];

    [Theory, MemberData(nameof(Tables))]
    public void Every_cell_is_there(TransactionTable table)
    {
        foreach (var state in table.States)
        {
            foreach (var trigger in table.Triggers)
            {
                Assert.True(table.Has(state, trigger), $"{table.Name}: no cell for {trigger} in {state}");
            }
        }
    }

    [Theory, MemberData(nameof(Tables))]
    public void No_cell_stands_outside_the_machine(TransactionTable table)
    {
        foreach (var state in Enum.GetValues<TransactionState>())
        {
            foreach (var trigger in Enum.GetValues<TransactionTrigger>())
            {
                var belongs = table.States.Contains(state) && table.Triggers.Contains(trigger);
                Assert.Equal(belongs, table.Has(state, trigger));
                Assert.True(!belongs || table.States.Contains(table[state, trigger].Next), table.Name);
            }
        }
    }

    [Theory, MemberData(nameof(Tables))]
    public void Every_state_is_reached_and_can_end(TransactionTable table)
    {
        var reached = Reach(table, table.Initial);
        Assert.Equal(table.States.Order(), reached.Order());
        Assert.All(table.States, state => Assert.Contains(TransactionState.Terminated, Reach(table, state)));
    }

    [Theory, MemberData(nameof(Tables))]
    public void Every_armed_timer_is_a_trigger_that_does_something_somewhere(TransactionTable table)
    {
        var arms = table.States
            .SelectMany(state => table.Triggers.SelectMany(trigger => table[state, trigger].Actions))
            .Concat(table.Entry)
            .Where(action => action >= TransactionAction.ArmA)
            .Distinct();
        foreach (var arm in arms)
        {
            var timer = arm.ToString().Replace("Arm", "Timer", StringComparison.Ordinal);
            var trigger = Enum.Parse<TransactionTrigger>(timer);
            Assert.Contains(table.States, state => table[state, trigger].IgnoredBecause is null);
        }
    }

    private static HashSet<TransactionState> Reach(TransactionTable table, TransactionState from)
    {
        var reached = new HashSet<TransactionState> { from };
        var open = new Queue<TransactionState>([from]);
        while (open.TryDequeue(out var state))
        {
            foreach (var next in table.Triggers.Select(trigger => table[state, trigger].Next).Where(reached.Add))
            {
                open.Enqueue(next);
            }
        }

        return reached;
    }
}
