using Orleans;
using Orleans.Runtime;

namespace Vrs.Tests.Engine.Grains;

/// <summary>
/// A grain with state, and with a second view of the same record, through which a test writes behind its back.
/// </summary>
[Alias("trial.IStateGrain")]
public interface IStateGrain : IGrainWithStringKey
{
    [Alias("Set")]
    Task Set(TrialState value);

    [Alias("SetInMemory")]
    Task SetInMemory(TrialState value);

    [Alias("Get")]
    Task<TrialState> Get();

    [Alias("Clear")]
    Task Clear();

    [Alias("HasRecord")]
    Task<bool> HasRecord();

    [Alias("WriteBehind")]
    Task WriteBehind(string text);

    [Alias("Deactivate")]
    Task Deactivate();

    [Alias("WhichActivation")]
    Task<int> WhichActivation();
}

[GenerateSerializer, Immutable, Alias("trial.TrialState")]
public sealed record TrialState
{
    [Id(0)]
    public string Text { get; init; } = "fresh";

    [Id(1)]
    public Shape? Shape { get; init; }

    [Id(2)]
    public DayOfWeek Day { get; init; }
}

/// <summary>An abstract type in stored state.</summary>
[GenerateSerializer, Immutable, Alias("trial.Shape")]
public abstract record Shape;

[GenerateSerializer, Immutable, Alias("trial.Circle")]
public sealed record Circle([property: Id(0)] int Radius) : Shape;

[GenerateSerializer, Immutable, Alias("trial.Square")]
public sealed record Square([property: Id(0)] int Side) : Shape;

[GrainType("trial-state")]
public sealed class StateGrain(
    [PersistentState("state")] IPersistentState<TrialState> state,
    [PersistentState("state")] IPersistentState<TrialState> other,
    Trials trials) : Grain, IStateGrain
{
    private int _activation;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _activation = trials.NextActivation("state/" + this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task Set(TrialState value)
    {
        state.State = value;
        await state.WriteStateAsync();
    }

    public Task SetInMemory(TrialState value)
    {
        state.State = value;
        return Task.CompletedTask;
    }

    public Task<TrialState> Get() => Task.FromResult(state.State);

    public Task Clear() => state.ClearStateAsync();

    public Task<bool> HasRecord() => Task.FromResult(state.RecordExists);

    public async Task WriteBehind(string text)
    {
        other.State = other.State with { Text = text };
        await other.WriteStateAsync();
    }

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<int> WhichActivation() => Task.FromResult(_activation);
}
