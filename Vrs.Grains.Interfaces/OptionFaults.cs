using System.Globalization;

namespace Vrs.Grains.Interfaces;

/// <summary>
/// Collects what is wrong with one section of the configuration, so that an operator sees all of it at once. Each fault
/// gives the name of the setting, the value found, the rule and the remedy.
/// </summary>
/// <param name="section">The section's name in the configuration, e.g. <c>Gateway</c>.</param>
public sealed class OptionFaults(string section)
{
    private readonly List<string> _faults = [];

    /// <summary>The faults, in the order they were found.</summary>
    public IReadOnlyList<string> All => _faults;

    /// <summary>Notes a fault unless the rule is kept.</summary>
    /// <param name="kept">Whether the rule is kept.</param>
    /// <param name="name">The setting's name within its section, e.g. <c>Turn:Secret</c>.</param>
    /// <param name="found">The value found; for a secret, a description of it and never the secret.</param>
    /// <param name="rule">What must be, without a full stop: <c>must be at least 1</c>.</param>
    /// <param name="remedy">What to do, a sentence.</param>
    public void Require(bool kept, string name, object? found, string rule, string remedy)
    {
        if (kept)
        {
            return;
        }

        var value = Convert.ToString(found, CultureInfo.InvariantCulture);
        var shown = string.IsNullOrEmpty(value) ? "nothing" : $"'{value}'";
        _faults.Add($"{section}:{name}: found {shown}; {rule}. {remedy}");
    }
}
