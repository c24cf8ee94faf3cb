using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Vrs.Silo.Embedded;
using Vrs.Silo.Embedded.Runtime;
using Vrs.Tests.Engine.Grains;
using Vrs.Tests.Support;

namespace Vrs.Tests.Engine;

/// <summary>
/// One embedded silo on the thread pool, with virtual time, that can be restarted over the same storage.
/// </summary>
public sealed class EngineFixture : IAsyncDisposable
{
    private readonly VirtualTime _time = new();
    private readonly MemoryStorage _storage = new();
    private readonly MemoryReminderTable _reminders = new();
    private StandaloneSilo? _silo;

    public Trials Trials { get; } = new();

    public IGrainFactory Grains => _silo!.Grains;

    public async Task Start() =>
        _silo = await StandaloneSilo.Start(
            services => services
                .AddSingleton<TimeProvider>(_time)
                .AddSingleton<IStateStorage>(_storage)
                .AddSingleton<IReminderTable>(_reminders)
                .AddSingleton(Trials)
                .Configure<EmbeddedSiloOptions>(options => options.MailboxLimit = 100),
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

    public void Crash() => _silo!.Silo.Kill();

    public void Advance(TimeSpan by) => _time.Advance(by);

    public async ValueTask DisposeAsync() => await Stop();
}
