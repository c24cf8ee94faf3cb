using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Tokens;

/// <summary>
/// Which sign-ins are over, at any gateway, at hand without asking anybody. What is ended here holds here at once, and
/// within about <see cref="Beat"/> everywhere; while the store is away, others learn of it when it is back. A gateway
/// does not start before it knows of all earlier ones.
/// </summary>
/// <param name="shared">What all gateways share; without a silo at hand nobody can ask for it.</param>
/// <param name="options">How long tokens live.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told when the store is away.</param>
public sealed partial class SignOuts(
    Lazy<ISignOutsGrain> shared, IOptions<GatewayOptions> options, TimeProvider time, ILogger<SignOuts> log)
    : BackgroundService
{
    /// <summary>From one look at what other gateways ended to the next.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>By then each number below one that was seen is stored too, or will never be.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _over = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _unstored = new();
    private long _settled;
    private (long Number, long At)? _seen;

    /// <summary>Told of each sign-in that is over, once.</summary>
    public event Action<string>? Ended;

    /// <summary>Whether a sign-in is over.</summary>
    public bool IsOver(string signIn) => _over.ContainsKey(signIn);

    /// <summary>Ends a sign-in: here at once; completes when all gateways can know.</summary>
    /// <exception cref="Exception">It is not stored yet; that is tried again until it is.</exception>
    public async Task End(string signIn)
    {
        // Once its refresh token would have ended by itself, a sign-in need not be remembered any longer.
        var until = time.GetUtcNow() + options.Value.RefreshTokenLife;
        _unstored[signIn] = until;
        Learn(signIn, until);
        await Store(signIn, until);
    }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        while (!await TryExchange())
        {
            await Task.Delay(Beat, time, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <summary>Stores what could not be stored before, and learns what other gateways ended.</summary>
    internal async Task Exchange()
    {
        foreach (var (signIn, until) in _unstored)
        {
            await Store(signIn, until);
        }

        var last = _settled;
        ImmutableArray<EndedSignIn> page;
        do
        {
            page = await shared.Value.After(last);
            foreach (var over in page)
            {
                Learn(over.SignIn, over.Until);
                last = over.Number;
            }
        }
        while (page.Length == EndedSignIn.PageMax);
        Settle(last);
        Forget();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Beat, time);
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            await TryExchange();
        }
    }

    private async Task<bool> TryExchange()
    {
        try
        {
            await Exchange();
            return true;
        }
        catch (Exception fault)
        {
            LogNotExchanged(fault);
            return false;
        }
    }

    private async Task Store(string signIn, DateTimeOffset until)
    {
        await shared.Value.End(signIn, until);
        _unstored.TryRemove(signIn, out _);
    }

    private void Learn(string signIn, DateTimeOffset until)
    {
        if (until >= time.GetUtcNow() && _over.TryAdd(signIn, until))
        {
            Ended?.Invoke(signIn);
        }
    }

    // Numbers are given before they are stored, so a smaller one may appear later: the last minute is read again.
    private void Settle(long last)
    {
        if (_seen is not { } seen || time.GetElapsedTime(seen.At) >= Settles)
        {
            _settled = _seen?.Number ?? 0;
            _seen = (last, time.GetTimestamp());
        }
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (signIn, until) in _over)
        {
            if (until < now)
            {
                _over.TryRemove(signIn, out _);
            }
        }
    }

    [LoggerMessage(EventName = "sign_outs_unknown", Level = LogLevel.Warning,
        Message = "Sign-outs could not be exchanged with other gateways now; it is tried again.")]
    private partial void LogNotExchanged(Exception fault);
}
