using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vrs.Gateway;

/// <summary>JSON as pages read it, over HTTP and SignalR alike.</summary>
public static class PageJson
{
    /// <summary>camelCase properties, enums as camelCase strings; ids and times write themselves.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }
}
