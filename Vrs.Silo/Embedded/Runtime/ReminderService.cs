using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>Ticks the reminders of the table while the silo runs.</summary>
/// <param name="silo">Whose grains are reminded.</param>
/// <param name="table">Where the reminders are kept.</param>
internal sealed class ReminderService(EmbeddedSilo silo, IReminderStorage table)
{
    private static readonly MethodInfo Receive = typeof(IRemindable).GetMethod(nameof(IRemindable.ReceiveReminder))!;

    private readonly ConcurrentDictionary<(GrainIdentity Grain, string Name), Reminder> _running = new();
    private readonly Lane _lane = new(silo.TurnOrder);
    private volatile bool _stopped;

    /// <summary>Reads the table; what came due while nothing ran ticks at once, and then in its old rhythm.</summary>
    public async Task Start(CancellationToken cancellationToken)
    {
        foreach (var entry in await table.ReadAll())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (silo.Factory.Find(entry.Grain) is { } target)
            {
                Run(entry, target);
            }
            else
            {
                silo.Log.ReminderOfNobody(entry.Name, entry.Grain);
            }
        }
    }

    /// <summary>Ticks every reminder now, whatever its rhythm; the rhythm stays.</summary>
    public void TickAll()
    {
        foreach (var reminder in _running.OrderBy(entry => entry.Key.Grain).Select(entry => entry.Value))
        {
            reminder.TickNow();
        }
    }

    public void Stop()
    {
        _stopped = true;
        foreach (var reminder in _running.Values)
        {
            reminder.Dispose();
        }

        _running.Clear();
    }

    public async Task<IGrainReminder> Register(Activation activation, string name, TimeSpan due, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(due, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, silo.Options.MinimumReminderPeriod);
        if (activation.GrainInstance is not IRemindable)
        {
            throw new InvalidOperationException($"{activation.Identity} can't be reminded: it is not IRemindable.");
        }

        var entry = new StoredReminder(activation.Identity, name, silo.Time.GetUtcNow() + due, period);
        await table.Upsert(entry);
        return Run(entry, activation.Target);
    }

    public async Task<IGrainReminder?> Find(Activation activation, string name) =>
        await table.Read(activation.Identity, name) is { } entry ? new Reminder(this, entry, activation.Target) : null;

    public async Task Unregister(Activation activation, string name)
    {
        await table.Remove(activation.Identity, name);
        if (_running.TryRemove((activation.Identity, name), out var reminder))
        {
            reminder.Dispose();
        }
    }

    private Reminder Run(StoredReminder entry, GrainTarget target)
    {
        var reminder = new Reminder(this, entry, target);
        _running.AddOrUpdate(
            (entry.Grain, entry.Name),
            static (_, next) => next,
            static (_, last, next) =>
            {
                last.Dispose();
                return next;
            },
            reminder);
        if (!_stopped)
        {
            reminder.Arm();
        }

        return reminder;
    }

    private sealed class Reminder(
        ReminderService service, StoredReminder entry, GrainTarget target) : IGrainReminder, IDisposable
    {
        private readonly Lock _guard = new();
        private ITimer? _clock;
        private bool _disposed;

        public string ReminderName => entry.Name;

        private EmbeddedSilo Silo => target.Silo;

        public void Arm()
        {
            lock (_guard)
            {
                if (_disposed)
                {
                    return;
                }

                var wait = entry.Start - Silo.Time.GetUtcNow();
                var first = wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
                _clock = Silo.Time.CreateTimer(
                    static reminder => ((Reminder)reminder!).Due(), this, first, Timeout.InfiniteTimeSpan);
            }
        }

        public void Dispose()
        {
            lock (_guard)
            {
                _disposed = true;
                _clock?.Dispose();
            }
        }

        private void Due()
        {
            var now = Silo.Time.GetUtcNow();
            lock (_guard)
            {
                if (_disposed)
                {
                    return;
                }

                // The rhythm is that of the start time, however late this tick is.
                var late = (now - entry.Start).Ticks % entry.Period.Ticks;
                _clock!.Change(entry.Period - TimeSpan.FromTicks(Math.Max(late, 0)), Timeout.InfiniteTimeSpan);
            }

            Post(now);
        }

        public void TickNow() => Post(Silo.Time.GetUtcNow());

        private void Post(DateTimeOffset now)
        {
            var status = new TickStatus(entry.Start.UtcDateTime, entry.Period, now.UtcDateTime);
            service._lane.Post(reminder => _ = reminder.Tick(status), this);
        }

        private async Task Tick(TickStatus status)
        {
            var request = MethodShape.Of(Receive).NewRequest([entry.Name, status]);
            try
            {
                service.Send(target, request);
                await request.Answer;
            }
            catch (Exception fault)
            {
                Silo.Log.ReminderFailed(entry.Name, entry.Grain, fault);
            }
        }
    }

    private void Send(GrainTarget target, Request request)
    {
        if (!_stopped)
        {
            silo.Send(target, request);
        }
        else
        {
            request.Fail(new SiloUnavailableException("The silo has stopped."));
        }
    }
}
