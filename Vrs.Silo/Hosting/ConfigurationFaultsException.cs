namespace Vrs.Silo.Hosting;

/// <summary>The configuration cannot be used. It carries every fault there is, not the first one only.</summary>
/// <param name="faults">One or two sentences each: name, value found, rule, remedy.</param>
public sealed class ConfigurationFaultsException(IReadOnlyList<string> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>The faults.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
