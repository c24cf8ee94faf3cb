using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Vrs.Tests.Host;

/// <summary>A host environment that is only a name.</summary>
internal sealed class GivenEnvironment(string name) : IHostEnvironment
{
    public static readonly GivenEnvironment Development = new(Environments.Development);

    public static readonly GivenEnvironment Production = new(Environments.Production);

    public string EnvironmentName { get; set; } = name;

    public string ApplicationName { get; set; } = "Vrs.Tests";

    public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}
