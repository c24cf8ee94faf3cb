using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Accounts;
using Vrs.Gateway.Tokens;

namespace Vrs.Gateway.Admission;

/// <summary>How admission joins an application.</summary>
public static class AdmissionServices
{
    /// <summary>Adds flood control; the SIP transport, the sign-in and the listener share it.</summary>
    public static IServiceCollection AddAdmission(this IServiceCollection services)
    {
        services.AddOptions<AdmissionOptions>().BindConfiguration(AdmissionOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<AdmissionOptions>, AdmissionOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Admittance>();
        services.TryAddSingleton<FlowSeats>();
        services.TryAddSingleton<SignInThrottle>();
        services.TryAddSingleton<SigningKey>();
        services.TryAddSingleton<TokenSigner>();
        services.TryAddSingleton<DeviceCookies>();
        services.TryAddSingleton(provider => new HalfOpenConnections(
            provider.GetRequiredService<IOptions<AdmissionOptions>>().Value.MaxHandshakesPerAddress));
        return services;
    }
}
