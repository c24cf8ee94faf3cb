using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Metadata;
using Orleans.Runtime;
using Orleans.TestingHost;
using Vrs.Grains;
using Vrs.Grains.Domain.Records;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Grains.Records;
using Vrs.Silo.Cluster;
using Vrs.Silo.Storage;

namespace Vrs.Tests.Cluster;

/// <summary>Where grains of two silos come up: calls beside whoever asks first, queues spread by name.</summary>
public sealed class GrainPlacementTests : IAsyncLifetime
{
    private const int Each = 32;

    private InProcessTestCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IStateStorage, MemoryStorage>()
                .AddSingleton<IReminderStorage, MemoryReminderStorage>()
                .AddSingleton<ICallRecords, NoRecords>()
                .AddSingleton<IGrainPropertiesProvider, GrainPlacement>()
                .AddVrsGrains(new ConfigurationBuilder().Build());
            silo.AddOurStorage();
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task A_call_comes_up_at_the_silo_that_hears_of_it_first()
    {
        foreach (var silo in _cluster.Silos)
        {
            foreach (var number in Enumerable.Range(0, Each))
            {
                var call = FactoryOf(silo).GetGrain<ICallGrain>($"{silo.Name}-{number}");
                await call.GetView();
                Assert.Equal(silo.SiloAddress, await AddressOf(call));
            }
        }
    }

    [Fact]
    public async Task Queues_are_spread_whoever_asks_first()
    {
        List<SiloAddress> addresses = [];
        foreach (var number in Enumerable.Range(0, 2 * Each))
        {
            // One silo asks for all of them.
            var queue = FactoryOf(_cluster.Silos[0]).GetGrain<IQueueGrain>($"pool-{number}");
            await queue.GetView();
            addresses.Add(await AddressOf(queue));
        }

        Assert.All(_cluster.Silos, silo => Assert.InRange(
            addresses.Count(address => address.Equals(silo.SiloAddress)), Each / 2, 3 * Each / 2));
    }

    private static IGrainFactory FactoryOf(InProcessSiloHandle silo) =>
        silo.ServiceProvider.GetRequiredService<IGrainFactory>();

    private async Task<SiloAddress> AddressOf(IAddressable grain)
    {
        var management = _cluster.Client.GetGrain<IManagementGrain>(0);
        return (await management.GetActivationAddress(grain))!;
    }

    /// <summary>No call of these tests comes to an end.</summary>
    private sealed class NoRecords : ICallRecords
    {
        public Task Append(CallRecord record, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<ImmutableArray<CallRecord>> Recent(int count, CancellationToken cancellationToken) =>
            Task.FromResult(ImmutableArray<CallRecord>.Empty);
    }
}
