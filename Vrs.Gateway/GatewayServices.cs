using System.Data.Common;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans;
using Vrs.Gateway.Accounts;
using Vrs.Gateway.Admission;
using Vrs.Gateway.Audit;
using Vrs.Gateway.Consoles;
using Vrs.Gateway.Health;
using Vrs.Gateway.Legs;
using Vrs.Gateway.Management;
using Vrs.Gateway.Sip.Transport;
using Vrs.Gateway.Tls;
using Vrs.Gateway.Tokens;
using Vrs.Gateway.Turn;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway;

/// <summary>Puts the gateway's parts together.</summary>
public static class GatewayServices
{
    /// <summary>The policy of pages of callers, phones and interpreters.</summary>
    public const string ConsolePolicy = "console";

    /// <summary>The policy of operators.</summary>
    public const string OperatorPolicy = "operator";

    /// <summary>The policy of those who may read the audit trail.</summary>
    public const string AuditPolicy = "audit";

    private const int BodyBytesMax = 64 * 1024;
    private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HubKeepAlive = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HubSilenceMax = TimeSpan.FromSeconds(15);

    /// <summary>Adds the two HTTPS listeners, which every process has: it answers about its health at least.</summary>
    public static void AddVrsListener(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddAdmission();
        AddOptions(builder.Services);
        builder.Services.AddHealth();
        builder.Services.AddSingleton<ServingCertificate>();
        builder.WebHost.ConfigureKestrel(ConfigureKestrel);
    }

    /// <summary>Adds everything else a gateway needs.</summary>
    public static void AddVrsGateway(this WebApplicationBuilder builder)
    {
        AddAccounts(builder.Services);
        AddPages(builder.Services);
        builder.Services.AddHealthCheck<MediaCheck>("media");
        builder.Services.AddSipTransport();
        builder.Services.AddLegs();
    }

    private static void AddOptions(IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddOptions<GatewayOptions>()
            .BindConfiguration(GatewayOptions.Section)
            .Configure<IConfiguration>((o, c) =>
                o.DataFolder = c["Gateway:DataFolder"] ?? c["Storage:DataFolder"] ?? o.DataFolder)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ManagementOptions>, ManagementOptionsValidator>();
        services.AddOptions<ManagementOptions>().BindConfiguration(ManagementOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccountsOptions>, AccountsOptionsValidator>();
        services.AddOptions<AccountsOptions>().BindConfiguration(AccountsOptions.Section).ValidateOnStart();
    }

    private static void AddAccounts(IServiceCollection services)
    {
        services.AddSingleton(provider => new Lazy<ISignOutsGrain>(
            () => provider.GetRequiredService<IGrainFactory>().GetGrain<ISignOutsGrain>(Guid.NewGuid().ToString("N")),
            LazyThreadSafetyMode.PublicationOnly));
        services.AddSingleton<SignOuts>();
        services.AddHostedService(provider => provider.GetRequiredService<SignOuts>());
        services.AddSingleton<IAccessTokens, AccessTokens>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<AccountEndpoints>();
        services.AddSingleton<KnownInterpreters>();
        services.AddSingleton<PreferenceEndpoints>();
        services.AddSingleton<IceServers>();
        services.AddHostedService<AccountSeeding>();
        services.AddAuthentication(BearerAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(ConsolePolicy, p => p.RequireRole(RoleNames.Caller, RoleNames.Phone, RoleNames.Interpreter))
            .AddPolicy(OperatorPolicy, p => p.RequireRole(RoleNames.Operator))
            .AddPolicy(AuditPolicy, p => p.RequireRole(RoleNames.Operator, RoleNames.Auditor));
    }

    private static void AddPages(IServiceCollection services)
    {
        services.AddSingleton<OpenPages>();
        services.AddSingleton<AuditLog>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditLog>());
        services.AddSignalR(hubs =>
            {
                hubs.AddFilter<AuditFilter>();
                hubs.AddFilter<RoleFilter>();
                hubs.KeepAliveInterval = HubKeepAlive;
                hubs.ClientTimeoutInterval = HubSilenceMax;
                hubs.MaximumReceiveMessageSize = BodyBytesMax;
            })
            .AddJsonProtocol(json => PageJson.Configure(json.PayloadSerializerOptions));
        services.ConfigureHttpJsonOptions(json => PageJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
            context.ProblemDetails.Detail ??= Problems.Explain(context.HttpContext.Response.StatusCode));
    }

    private static void ConfigureKestrel(KestrelServerOptions kestrel)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<GatewayOptions>>().Value;
        var admission = kestrel.ApplicationServices.GetRequiredService<IOptions<AdmissionOptions>>().Value;
        var certificate = kestrel.ApplicationServices.GetRequiredService<ServingCertificate>();
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
        kestrel.Limits.MaxConcurrentConnections = admission.MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = HeadersWithin;
        kestrel.Listen(options.ListenEndPoint(), listener => listener.UseCountedHttps(TlsRules.For(certificate)));
        kestrel.ListenForManagement(certificate);
    }

    private static int StatusOf(Exception fault) => fault switch
    {
        Microsoft.AspNetCore.Http.BadHttpRequestException bad => bad.StatusCode,
        // The database, or a grain that waits for it: try again.
        DbException or TimeoutException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>Adds the gateway's endpoints and pages.</summary>
    public static void MapVrsGateway(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = StatusOf,
        });
        app.UseStatusCodePages();
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<OriginCheck>();
        app.UseWebPages();
        app.UseRouting();
        app.UseWebSockets();
        app.UseAuthentication();
        app.UseMiddleware<RequestAdmission>();
        app.UseAuthorization();
        app.Services.GetRequiredService<AccountEndpoints>().Map(app);
        app.Services.GetRequiredService<PreferenceEndpoints>().Map(app);
        app.MapGet($"{GatewayPaths.Api}/ice-servers", (HttpContext context, IceServers ice) =>
                ice.For(SignedInUser.From(context.User).User))
            .RequireAuthorization(ConsolePolicy);
        app.MapHub<ConsoleHub>(GatewayPaths.ConsoleHub).RequireAuthorization(ConsolePolicy);
        app.MapHub<OperationsHub>(GatewayPaths.OperationsHub).RequireAuthorization(OperatorPolicy);
        app.MapSipWebSocket(GatewayPaths.Sip);
    }
}
