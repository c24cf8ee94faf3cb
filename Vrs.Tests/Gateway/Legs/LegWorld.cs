using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Legs;
using Vrs.Gateway.SessionPolicy;
using Vrs.Gateway.Sip.Registrar;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Gateway.Sip.Transport;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Gateways;

namespace Vrs.Tests.Gateway.Legs;

/// <summary>
/// A gateway without network and without grains: devices on one side, doubles of the grains on the other.
/// </summary>
internal sealed class LegWorld
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CallLegObserver _observer;

    public LegWorld(LegOptions? options = null)
    {
        Grains = new FakeGrains(Time);
        Services = new LegServices(
            GatewayId.From("gw1"),
            "vrs.local",
            Grains,
            new BearerAuthenticator(new FakeTokens(Time), "vrs.local"),
            new Vrs.Gateway.Sip.Registrar.Registrar(((ILegGrains)Grains).Registration, new RegistrarOptions(), Time),
            new SessionPolicyOptions().ToRules(),
            options ?? new LegOptions(),
            new RandomIdentifiers(),
            Time,
            NullLogger.Instance);
        Handlers = new FlowHandlers(Services);
        _observer = new CallLegObserver(Flows, Handlers);
    }

    public ManualTime Time { get; } = new();

    public FakeGrains Grains { get; }

    public LegServices Services { get; }

    public FlowTable Flows { get; } = new(Options.Create(new FlowOptions()));

    public FlowHandlers Handlers { get; }

    public TestDevice Device(string user) => new(user, Handlers, Time, Flows);

    public async Task<TestDevice> Registered(string user)
    {
        var device = Device(user);
        Assert.Equal(200, (await device.Register()).StatusCode);
        return device;
    }

    public Task<Refusal?> Perform(TestDevice device, LegCommand command) => _observer.Perform(device.Flow.Id, command);

    /// <summary>Performs a command that must be accepted.</summary>
    public async Task Do(TestDevice device, LegCommand command) => Assert.Null(await Perform(device, command));

    public Task<FakeCall> NewCall() => Next(Grains.NewCalls);

    public static async Task<T> Next<T>(Channel<T> channel)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await channel.Reader.ReadAsync(patience.Token);
    }

    /// <summary>The next thing a call is told, which must be of this kind.</summary>
    public static async Task<T> Told<T>(FakeCall call) => Assert.IsType<T>(await Next(call.Told));

    /// <summary>Moves the clock until a condition holds that work on a flow's loop brings about.</summary>
    public async Task<T> AdvanceUntil<T>(Func<Task<T>> outcome, TimeSpan step)
    {
        var task = outcome();
        for (var steps = 0; !task.IsCompleted && steps < 400; steps++)
        {
            Time.Advance(step);
            await Task.WhenAny(task, Task.Delay(5));
        }

        return await task;
    }

    private sealed class FakeTokens(TimeProvider time) : IAccessTokens
    {
        public TokenHolder? Verify(string token) => token.StartsWith("token-", StringComparison.Ordinal)
            ? new TokenHolder(UserId.From(token[6..]), AccountRole.Caller, "sign-in", time.GetUtcNow().AddMinutes(10))
            : null;

        public bool IsForged(string token) => token.StartsWith("forged", StringComparison.Ordinal);

        public IssuedTokens Issue(Account account, string? signIn = null) => throw new NotSupportedException();

        public Task<RefreshHolder?> VerifyRefresh(string token, Func<UserId, Task<Account?>> find) =>
            throw new NotSupportedException();

        public Task Revoke(string signIn) => throw new NotSupportedException();
    }
}
