using Orleans;
using Orleans.Runtime;

namespace Vrs.Tests.Engine.Grains;

[Alias("trial.IReminderGrain")]
public interface IReminderGrain : IGrainWithStringKey
{
    [Alias("Remind")]
    Task Remind(string name, TimeSpan due, TimeSpan period);

    [Alias("Has")]
    Task<bool> Has(string name);

    [Alias("Forget")]
    Task Forget(string name);

    [Alias("Deactivate")]
    Task Deactivate();
}

[GrainType("trial-reminder")]
public sealed class ReminderGrain(Trials trials) : Grain, IReminderGrain, IRemindable
{
    public Task Remind(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task<bool> Has(string name) => await this.GetReminder(name) is not null;

    public async Task Forget(string name)
    {
        if (await this.GetReminder(name) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        trials.Note($"deactivated {this.GetPrimaryKeyString()}: {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        trials.Note($"reminded {reminderName}");
        return Task.CompletedTask;
    }
}
