using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Vrs.Gateway;

/// <summary>Serves the built pages.</summary>
internal static partial class WebPages
{
    /// <summary>Files under this path have their content's hash in their name, so they never change.</summary>
    private const string HashedFiles = "/assets";

    /// <summary>Adds the pages, if they were built.</summary>
    public static void UseWebPages(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        if (Find(options, app.Environment) is not { } folder)
        {
            LogNoPages(app.Logger);
            return;
        }

        var files = new PhysicalFileProvider(Path.GetFullPath(folder));
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = SetCaching });
    }

    private static string? Find(GatewayOptions options, IHostEnvironment environment)
    {
        if (options.WebRoot is { } configured)
        {
            return configured;
        }

        // In a checkout the pages may be newer than the program beside which they were last copied.
        var inCheckout = Path.Combine("Vrs.Gateway", "wwwroot");
        var besideProgram = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        return environment.IsDevelopment() && Directory.Exists(inCheckout) ? inCheckout
            : Directory.Exists(besideProgram) ? besideProgram
            : null;
    }

    private static void SetCaching(StaticFileResponseContext context) =>
        context.Context.Response.Headers.CacheControl = context.Context.Request.Path.StartsWithSegments(HashedFiles)
            ? "public, max-age=31536000, immutable"
            : "no-cache";

    [LoggerMessage(LogLevel.Warning, "The pages are not built, so only the API is served. ./vrs up builds them.")]
    private static partial void LogNoPages(ILogger log);
}
