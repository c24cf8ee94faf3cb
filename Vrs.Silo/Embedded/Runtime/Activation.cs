using Orleans;
using Orleans.Runtime;

namespace Vrs.Silo.Embedded.Runtime;

internal abstract class Activation : IGrainContext
{
    [ThreadStatic]
    private static Activation? _current;

    public static Activation? Current { get => _current; set => _current = value; }

    public abstract GrainIdentity Identity { get; }

    public abstract EmbeddedSilo Silo { get; }

    public abstract object? GrainInstance { get; }

    public abstract IServiceProvider ActivationServices { get; }

    public abstract Task Deactivated { get; }

    public abstract void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);

    public abstract void DelayDeactivation(TimeSpan span);

    public abstract IGrainTimer StartTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options);
}

internal abstract class GrainReference : System.Reflection.DispatchProxy
{
    public abstract string Key { get; }
}

internal abstract class EmbeddedSilo
{
    public abstract IGrainFactory GrainFactory { get; }

    public abstract ReminderService Reminders { get; }

    public abstract T MakeReference<T>(GrainIdentity identity);
}

internal abstract class ReminderService
{
    public abstract Task<IGrainReminder> Register(Activation activation, string name, TimeSpan due, TimeSpan period);

    public abstract Task<IGrainReminder?> Find(Activation activation, string name);

    public abstract Task Unregister(Activation activation, string name);
}

internal readonly record struct GrainIdentity(string Type, string Key)
{
    public override string ToString() => $"{Type}/{Key}";
}
