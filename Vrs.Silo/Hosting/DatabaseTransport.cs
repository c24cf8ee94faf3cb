using System.Net;
using Npgsql;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Hosting;

/// <summary>What goes to a database on another machine is encrypted, and that machine has shown who it is.</summary>
internal static class DatabaseTransport
{
    /// <summary>The faults, outside Development.</summary>
    public static IEnumerable<string> FindFaults(IConfiguration configuration)
    {
        var storage = configuration.GetSection(StorageOptions.Section);
        if (storage["Provider"] == nameof(DatabaseProvider.PostgreSql)
            && TryRead(storage["ConnectionString"]) is { SslMode: not (SslMode.VerifyFull or SslMode.VerifyCA) } link
            && !(link.Host ?? "").Split(',').All(IsThisMachine))
        {
            yield return $"Storage:ConnectionString: found SSL Mode={link.SslMode} to {link.Host}; must have "
                + "SSL Mode=VerifyFull: nothing is sent in the clear, nor to a server that has not shown who it is. "
                + "Add SSL Mode=VerifyFull, and Root Certificate=FILE for an authority of your own.";
        }
    }

    private static NpgsqlConnectionStringBuilder? TryRead(string? connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException)
        {
            // The database's own message says more.
            return null;
        }
    }

    private static bool IsThisMachine(string host) =>
        host is "localhost" or ['/', ..]
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
