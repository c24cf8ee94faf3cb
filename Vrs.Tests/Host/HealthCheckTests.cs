using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans;
using Vrs.Gateway.Health;
using Vrs.Gateway.Management;

namespace Vrs.Tests.Host;

/// <summary>A check fails when what it asks fails, or says nothing at all.</summary>
public sealed class HealthCheckTests
{
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_needs_a_grain_that_answers(bool isSilent) =>
        Assert.Equal(HealthStatus.Unhealthy, await Ask<SessionCheck>(s => s.AddSingleton(Grains(isSilent))));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispatch_needs_a_board_that_answers(bool isSilent) =>
        Assert.Equal(HealthStatus.Unhealthy, await Ask<DispatchCheck>(s => s.AddSingleton(Grains(isSilent))));

    [Fact]
    public async Task Signaling_needs_a_listener_that_takes_connections()
    {
        Assert.Equal(HealthStatus.Unhealthy, await AskWhere([]));
        Assert.Equal(HealthStatus.Unhealthy, await AskWhere([$"https://127.0.0.1:{ClosedPort()}"]));
    }

    private static Task<HealthStatus> AskWhere(string[] addresses) => Ask<SignalingCheck>(services =>
        services.AddSingleton<IServer>(new ListeningServer(addresses)).AddSingleton(TimeProvider.System));

    /// <summary>As the service asks it, with its limit.</summary>
    private static async Task<HealthStatus> Ask<TCheck>(Action<IServiceCollection> with)
        where TCheck : class, IHealthCheck
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHealthChecks();
        services.Configure<ManagementOptions>(options => options.CheckTimeout = CheckTimeout);
        services.AddHealthCheck<TCheck>("one");
        with(services);
        await using var provider = services.BuildServiceProvider();
        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync().WaitAsync(Soon);
        return report.Entries["one"].Status;
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static IGrainFactory Grains(bool isSilent)
    {
        var factory = DispatchProxy.Create<IGrainFactory, Mute>();
        ((Mute)factory).IsSilent = isSilent;
        return factory;
    }

    private sealed class ListeningServer : IServer
    {
        public ListeningServer(string[] addresses)
        {
            var listens = new ServerAddressesFeature();
            Array.ForEach(addresses, listens.Addresses.Add);
            Features.Set<IServerAddressesFeature>(listens);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }

    /// <summary>A factory of grains, and every grain of it: whoever is asked is silent, or cannot answer.</summary>
    public class Mute : DispatchProxy
    {
        public bool IsSilent { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var wanted = targetMethod!.ReturnType;
            if (!wanted.IsAssignableTo(typeof(Task)))
            {
                var grain = Create(wanted, typeof(Mute));
                ((Mute)grain).IsSilent = IsSilent;
                return grain;
            }

            var answer = Activator.CreateInstance(
                typeof(TaskCompletionSource<>).MakeGenericType(wanted.GetGenericArguments()[0]))!;
            return IsSilent
                ? answer.GetType().GetProperty("Task")!.GetValue(answer)
                : throw new TimeoutException("The grain does not answer.");
        }
    }
}
