using Microsoft.Extensions.Options;

namespace Vrs.Silo.Hosting;

/// <summary>
/// Finds everything that is wrong with a configuration: insecure, misspelt, unreadable, against the rules.
/// </summary>
public static class ConfigurationCheck
{
    /// <summary>All faults; empty when the configuration is good.</summary>
    /// <param name="configuration">What to check.</param>
    /// <param name="services">Services built from it; nothing is started.</param>
    public static IReadOnlyList<string> FindFaults(IConfiguration configuration, IServiceProvider services)
    {
        var faults = new List<string>(InsecureSettings.FindFaults(configuration));
        foreach (var section in ConfigurationSections.All)
        {
            faults.AddRange(ConfigurationShape.FindFaults(configuration.GetSection(section.Name), section.OptionsType));
            faults.AddRange(Validate(() => section.Read(services)));
        }

        // Options that a part of the program validates at start without a section in the list above.
        if (services.GetService<IStartupValidator>() is { } others)
        {
            faults.AddRange(Validate(others.Validate));
        }

        return [.. faults.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>As <see cref="FindFaults"/>, for a start.</summary>
    /// <param name="configuration">What to check.</param>
    /// <param name="services">Services built from it; nothing is started.</param>
    /// <param name="others">Faults that were found elsewhere; all are told together.</param>
    /// <exception cref="ConfigurationFaultsException">There are faults.</exception>
    public static void Require(IConfiguration configuration, IServiceProvider services, IEnumerable<string> others)
    {
        string[] faults = [.. FindFaults(configuration, services), .. others];
        if (faults.Length > 0)
        {
            throw new ConfigurationFaultsException(faults);
        }
    }

    private static IEnumerable<string> Validate(Action read)
    {
        try
        {
            read();
            return [];
        }
        catch (OptionsValidationException fault)
        {
            return fault.Failures;
        }
        catch (AggregateException faults)
        {
            return faults.InnerExceptions.OfType<OptionsValidationException>().SelectMany(fault => fault.Failures);
        }
        catch (InvalidOperationException fault) when (fault.InnerException is FormatException)
        {
            // A value that cannot be read is told already, in our own words; the rules of its section have to wait.
            return [];
        }
    }
}
