using Microsoft.Extensions.Options;
using Vrs.Gateway;
using Vrs.Gateway.Accounts;
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
        Of<AccountsOptions>(AccountsOptions.Section),
        Of<StorageOptions>(StorageOptions.Section),
    ];

    private static OptionsSection Of<TOptions>(string name)
        where TOptions : class =>
        new(name, typeof(TOptions), services => _ = services.GetRequiredService<IOptions<TOptions>>().Value);
}
