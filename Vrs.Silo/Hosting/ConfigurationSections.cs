using Microsoft.Extensions.Options;
using Vrs.Gateway;
using Vrs.Gateway.Accounts;
using Vrs.Gateway.Admission;
using Vrs.Gateway.Legs;
using Vrs.Gateway.Management;
using Vrs.Gateway.SessionPolicy;
using Vrs.Gateway.Sip.Registrar;
using Vrs.Gateway.Sip.Transport;
using Vrs.Grains.Calls;
using Vrs.Grains.Interpreters;
using Vrs.Grains.Queues;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Hosting;

/// <summary>One section of the configuration and the options it fills.</summary>
/// <param name="Name">The section's name.</param>
/// <param name="OptionsType">The options.</param>
/// <param name="Read">Binds and validates the options; throws what they throw.</param>
internal sealed record OptionsSection(string Name, Type OptionsType, Action<IServiceProvider> Read);

/// <summary>Every section this program has.</summary>
internal static class ConfigurationSections
{
    /// <summary>All sections, in the order their faults are shown.</summary>
    public static IReadOnlyList<OptionsSection> All { get; } =
    [
        Of<GatewayOptions>(GatewayOptions.Section),
        Of<ManagementOptions>(ManagementOptions.Section),
        Of<AccountsOptions>(AccountsOptions.Section),
        Of<FlowOptions>(FlowOptions.Section),
        Of<AdmissionOptions>(AdmissionOptions.Section),
        Of<RegistrarOptions>(RegistrarOptions.Section),
        Of<LegOptions>(LegOptions.Section),
        Of<SessionPolicyOptions>(SessionPolicyOptions.Section),
        Of<CallOptions>(CallOptions.Section),
        Of<QueueOptions>(QueueOptions.Section),
        Of<InterpreterOptions>(InterpreterOptions.Section),
        Of<DrainOptions>(DrainOptions.Section),
        Of<StorageOptions>(StorageOptions.Section),
        Of<TelemetryOptions>(TelemetryOptions.Section),
    ];

    /// <summary>Whether a path is a section of its own within another section.</summary>
    public static bool IsSection(string path) =>
        All.Any(section => section.Name.Equals(path, StringComparison.OrdinalIgnoreCase));

    private static OptionsSection Of<TOptions>(string name)
        where TOptions : class =>
        new(name, typeof(TOptions), services => _ = services.GetRequiredService<IOptions<TOptions>>().Value);
}
