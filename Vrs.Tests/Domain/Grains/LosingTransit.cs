using Vrs.Silo.Embedded.Runtime;
using Vrs.Tests.Support;

namespace Vrs.Tests.Domain.Grains;

/// <summary>Messages arrive at once, except those that a test wants lost or late.</summary>
/// <param name="time">The clock of what is late.</param>
internal sealed class LosingTransit(VirtualTime time) : IMessageTransit
{
    private readonly Dictionary<string, int> _losses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> _delays = new(StringComparer.Ordinal);

    /// <summary>The next requests of this method are lost; whoever asked waits for an answer in vain.</summary>
    /// <param name="method">The interface and its method.</param>
    /// <param name="times">How many.</param>
    public void LoseNext(string method, int times = 1) => _losses[method] = times;

    /// <summary>The next answer of this method comes late.</summary>
    /// <param name="method">The interface and its method.</param>
    /// <param name="delay">How late.</param>
    public void DelayNextAnswer(string method, TimeSpan delay) => _delays[method] = delay;

    public void Carry(Passage passage, Action deliver)
    {
        if (passage.Kind is PassageKind.Request && _losses.GetValueOrDefault(passage.Method) is > 0 and var left)
        {
            _losses[passage.Method] = left - 1;
        }
        else if (passage.Kind is PassageKind.Response && _delays.Remove(passage.Method, out var delay))
        {
            time.After(delay, deliver);
        }
        else
        {
            deliver();
        }
    }
}
