using Vrs.Tests.Domain.Calls;

namespace Vrs.Tests.Domain.Product;

/// <summary>
/// Every state that the network can reach from one state in so many steps, breadth-first: each is judged by the ledger,
/// and from each everything must come to rest when faults stop.
/// </summary>
/// <param name="start">Where it begins.</param>
internal sealed class NetworkSearch(MachineNetwork start)
{
    private const int LongestRest = 2_000;

    private readonly HashSet<UInt128> _seen = [];
    private readonly HashSet<UInt128> _rested = [];

    /// <summary>How many different states were judged.</summary>
    public int States => _seen.Count;

    /// <summary>How many steps were taken to reach them.</summary>
    public long Steps { get; private set; }

    /// <summary>How many steps from the start what was found last is.</summary>
    public int Depth { get; private set; }

    /// <summary>The shortest way to something that must not be; null when there is none.</summary>
    /// <param name="depth">How many steps to take at most.</param>
    public string? Run(int depth)
    {
        var level = new List<Path> { new(start, null) };
        _seen.Add(NetworkKey.Of(start));
        for (Depth = 0; ; Depth++)
        {
            foreach (var path in level)
            {
                var broken = NetworkLedger.Broken(path.Network) ?? Rest(path.Network);
                if (broken is not null)
                {
                    return $"{broken}:\n{string.Join('\n', Retold(path.Trail))}";
                }
            }

            if (Depth == depth)
            {
                return null;
            }

            level = Next(level);
        }
    }

    private List<Path> Next(List<Path> level)
    {
        var next = new List<Path>();
        foreach (var (network, trail) in level)
        {
            var taken = 0;
            foreach (var choice in Choices(network))
            {
                var after = choice.Next();
                Steps++;
                if (_seen.Add(NetworkKey.Of(after)))
                {
                    next.Add(new Path(after, new Trail(trail, (short)taken)));
                }

                taken++;
            }
        }

        return next;
    }

    private static IEnumerable<Choice> Choices(MachineNetwork network) =>
        network.Choices(MachineNetwork.Essential).SelectMany(group => group);

    /// <summary>What is wrong when faults stop here; null when everything comes to a good rest.</summary>
    private string? Rest(MachineNetwork network)
    {
        for (var step = 0; step < LongestRest; step++)
        {
            // While no deadline has fallen, what comes follows from the key alone.
            if (network.Now == CallSamples.Start && !_rested.Add(NetworkKey.Of(network)))
            {
                return null;
            }

            if (network.AtRest() is not { } choice)
            {
                return NetworkLedger.BrokenAtRest(network) is { } broken
                    ? $"when faults stop here, not {broken}"
                    : null;
            }

            network = choice.Next();
        }

        return "when faults stop here, it never comes to rest";
    }

    /// <summary>The steps of a trail, told by taking them again.</summary>
    private IEnumerable<string> Retold(Trail? trail)
    {
        var taken = new Stack<short>();
        for (; trail is not null; trail = trail.Before)
        {
            taken.Push(trail.Choice);
        }

        var network = start;
        foreach (var number in taken)
        {
            var choice = Choices(network).ElementAt(number);
            yield return $"{choice.What} {choice.To}";
            network = choice.Next();
        }
    }

    private sealed record Path(MachineNetwork Network, Trail? Trail);

    /// <summary>The numbers of the choices that were made, and nothing that keeps whole states alive.</summary>
    private sealed record Trail(Trail? Before, short Choice);
}
