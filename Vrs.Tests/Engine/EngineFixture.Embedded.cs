using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Vrs.Silo.Embedded;
using Vrs.Silo.Embedded.Runtime;
using Vrs.Silo.Storage;
using Vrs.Tests.Engine.Grains;
using Vrs.Tests.Support;

namespace Vrs.Tests.Engine;

/// <summary>
/// One embedded silo on the thread pool, with virtual time, that can be restarted over the same storage.
/// </summary>
public sealed class EngineFixture : IAsyncDisposable
{
    /// <summary>How many requests may wait for one grain.</summary>
    public const int MailboxLimit = 100;

    private readonly VirtualTime _time = new();
    private readonly CountedTurnOrder _turns = new();
    private readonly MemoryStorage _storage = new();
    private readonly MemoryReminderStorage _reminders = new();
    private StandaloneSilo? _silo;

    public Trials Trials { get; } = new();

    public IGrainFactory Grains => _silo!.Grains;

    public async Task Start() =>
        _silo = await StandaloneSilo.Start(
            services => services
                .AddSingleton<TimeProvider>(_time)
                .AddSingleton<ITurnOrder>(_turns)
                .AddSingleton<IStateStorage>(_storage)
                .AddSingleton<IReminderStorage>(_reminders)
                .AddSingleton(Trials)
                .Configure<EmbeddedSiloOptions>(options => options.MailboxLimit = MailboxLimit),
            typeof(EngineFixture).Assembly);

    public async Task Stop()
    {
        if (_silo is { } silo)
        {
            _silo = null;
            // The clock of the silo stands still: the wall clock bounds the wait.
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await silo.Silo.Stop(limit.Token);
            await silo.DisposeAsync();
        }
    }

    public Task Crash() => Kill(_silo!.Services);

    /// <summary>The engine among these services is gone at once, with all it had in memory.</summary>
    public static Task Kill(IServiceProvider services)
    {
        services.GetRequiredService<EmbeddedSilo>().Kill();
        return Task.CompletedTask;
    }

    /// <summary>What a span of idleness is on the clock that this engine measures it by.</summary>
    public static TimeSpan OfIdleness(TimeSpan span) => span;

    /// <summary>Moves the clock from timer to timer; what each brings about is done before the next fires.</summary>
    public async Task Advance(TimeSpan by)
    {
        var end = (_time.Elapsed + by).Ticks;
        await _turns.Quiet();
        while (_time.FireNext(end))
        {
            await _turns.Quiet();
        }

        _time.Advance(new TimeSpan(end) - _time.Elapsed);
    }

    public async ValueTask DisposeAsync() => await Stop();
}

/// <summary>The thread pool, and whether anything is to be done on it.</summary>
internal sealed class CountedTurnOrder : ITurnOrder
{
    private readonly ThreadPoolTurnOrder _pool = new();
    private int _busy;

    public void Ready(ITurnLane lane)
    {
        Interlocked.Increment(ref _busy);
        _pool.Ready(new CountedLane(this, lane));
    }

    /// <summary>Completes when no lane has work.</summary>
    public Task Quiet() => Eventually.Is("every turn is done", () => Volatile.Read(ref _busy) == 0);

    private sealed class CountedLane(CountedTurnOrder order, ITurnLane lane) : ITurnLane
    {
        public bool RunTurn()
        {
            var more = lane.RunTurn();
            if (!more)
            {
                Interlocked.Decrement(ref order._busy);
            }

            return more;
        }
    }
}
