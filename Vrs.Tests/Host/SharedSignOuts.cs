using System.Collections.Immutable;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Tests.Host;

/// <summary>What gateways share about sign-outs, in memory; a test may take it away, or store out of order.</summary>
internal sealed class SharedSignOuts : ISignOutsGrain
{
    /// <summary>What is stored, by number.</summary>
    public SortedDictionary<long, EndedSignIn> Stored { get; } = [];

    /// <summary>Whether every question fails.</summary>
    public bool IsAway { get; set; }

    public Task End(string signIn, DateTimeOffset until)
    {
        ThrowIfAway();
        var number = Stored.Keys.LastOrDefault() + 1;
        Stored.Add(number, new EndedSignIn(number, signIn, until));
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<EndedSignIn>> After(long number)
    {
        ThrowIfAway();
        return Task.FromResult(
            Stored.Values.Where(one => one.Number > number).Take(EndedSignIn.PageMax).ToImmutableArray());
    }

    private void ThrowIfAway()
    {
        if (IsAway)
        {
            throw new TimeoutException("The store is away.");
        }
    }
}
