namespace Vrs.Tests.Integration.Crash;

/// <summary>Whose turn it is: chosen by chance among those who had none yet, until everybody had one.</summary>
/// <param name="count">How many there are, from 0.</param>
internal sealed class Turns(int count)
{
    private readonly List<int> _left = [];

    /// <summary>Takes the next.</summary>
    /// <param name="between">Chooses a number from a least to a most one, both of them included.</param>
    public int Next(Func<int, int, int> between)
    {
        if (_left.Count == 0)
        {
            _left.AddRange(Enumerable.Range(0, count));
        }

        var place = between(0, _left.Count - 1);
        var chosen = _left[place];
        _left.RemoveAt(place);
        return chosen;
    }
}
