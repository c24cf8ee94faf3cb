using Vrs.Gateway.Sip.Dialogs;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Gateway.Legs;

/// <summary>
/// The legs of one flow, by leg and by dialog, and the last ones that are over: a command that is repeated for one of
/// those
/// is told from a command for a leg this flow never had. Used on the flow's loop only.
/// </summary>
internal sealed class FlowLegs
{
    private const int RememberedLegs = 64;

    private readonly Dictionary<LegRef, CallLeg> _legs = [];
    private readonly Queue<LegRef> _overInOrder = new();
    private readonly HashSet<LegRef> _over = [];

    /// <summary>How many are alive.</summary>
    public int Count
    {
        get
        {
            Sweep();
            return _legs.Count;
        }
    }

    /// <summary>All that are alive; the list may change meanwhile.</summary>
    public IReadOnlyList<CallLeg> All
    {
        get
        {
            Sweep();
            return [.. _legs.Values];
        }
    }

    /// <summary>The leg, if it is alive here.</summary>
    public CallLeg? Find(LegRef leg) => _legs.TryGetValue(leg, out var found) && !found.IsOver ? found : null;

    /// <summary>The leg of this dialog, if it is alive here.</summary>
    public CallLeg? Find(DialogId dialog) =>
        _legs.Values.FirstOrDefault(leg => !leg.IsOver && leg.Dialog?.Id == dialog);

    /// <summary>Whether the leg was here and is over.</summary>
    public bool WasHere(LegRef leg)
    {
        Sweep();
        return _over.Contains(leg);
    }

    /// <summary>Adds a leg.</summary>
    public void Add(CallLeg leg)
    {
        Sweep();
        _legs.Add(leg.Identity.Leg, leg);
    }

    private void Sweep()
    {
        foreach (var (leg, found) in _legs)
        {
            if (found.IsOver)
            {
                _legs.Remove(leg);
                Remember(leg);
            }
        }
    }

    private void Remember(LegRef leg)
    {
        if (!_over.Add(leg))
        {
            return;
        }

        _overInOrder.Enqueue(leg);
        if (_overInOrder.Count > RememberedLegs)
        {
            _over.Remove(_overInOrder.Dequeue());
        }
    }
}
