using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Audit;
using Vrs.Gateway.Health;
using Vrs.Gateway.SessionPolicy;
using Vrs.Gateway.Sip.Registrar;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Gateway.Sip.Transport;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces.Gateways;

namespace Vrs.Gateway.Legs;

/// <summary>How legs and registrar join an application.</summary>
public static class LegServicesExtensions
{
    /// <summary>Adds what makes flows legs of calls; needs the SIP transport, the tokens and a grain factory.</summary>
    public static IServiceCollection AddLegs(this IServiceCollection services)
    {
        AddOptions<LegOptions, LegOptionsValidator>(services, LegOptions.Section);
        AddOptions<RegistrarOptions, RegistrarOptionsValidator>(services, RegistrarOptions.Section);
        AddOptions<SessionPolicyOptions, SessionPolicyOptionsValidator>(services, SessionPolicyOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISipIdentifiers, RandomIdentifiers>();
        services.TryAddSingleton<ILegGrains, LegGrains>();
        services.AddSingleton(Build);
        services.AddSingleton(HandlersThatKnowOfSignOuts);
        services.AddSingleton<IFlowHandlerFactory>(provider => provider.GetRequiredService<FlowHandlers>());
        services.AddSingleton<CallLegObserver>();
        services.AddHostedService<GatewayLink>();
        return services;
    }

    private static void AddOptions<TOptions, TValidator>(IServiceCollection services, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
    }

    private static FlowHandlers HandlersThatKnowOfSignOuts(IServiceProvider provider)
    {
        var handlers = new FlowHandlers(provider.GetRequiredService<LegServices>());
        provider.GetRequiredService<SignOuts>().Ended += handlers.CloseThoseOf;
        return handlers;
    }

    private static LegServices Build(IServiceProvider provider)
    {
        var identifiers = provider.GetRequiredService<ISipIdentifiers>();
        var grains = provider.GetRequiredService<ILegGrains>();
        var time = provider.GetRequiredService<TimeProvider>();
        var domain = provider.GetRequiredService<IOptions<GatewayOptions>>().Value.SipDomain;
        return new LegServices(
            GatewayId.From(identifiers.Next()),
            domain,
            grains,
            new BearerAuthenticator(provider.GetRequiredService<IAccessTokens>(), domain),
            new Registrar(grains.Registration, provider.GetRequiredService<IOptions<RegistrarOptions>>().Value, time),
            provider.GetRequiredService<IOptions<SessionPolicyOptions>>().Value.ToRules(),
            provider.GetRequiredService<IOptions<LegOptions>>().Value,
            identifiers,
            time,
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Vrs.Gateway.Legs"))
        {
            State = provider.GetService<IServiceState>() ?? new NoOutage(),
            Live = provider.GetService<LiveLegs>() ?? new LiveLegs(),
            Audit = provider.GetRequiredService<AuditLog>().Tell,
        };
    }
}
