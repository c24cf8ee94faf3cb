using System.Data.Common;
using Vrs.Grains.Interfaces;

namespace Vrs.Silo.Hosting;

/// <summary>Where secrets may come from, and what is no secret.</summary>
internal static class SecretSettings
{
    /// <summary>The settings that hold a secret.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["Gateway:SigningKey", "Gateway:Turn:Secret", "Storage:ConnectionString"];

    /// <summary>
    /// The faults of secrets outside Development: given on a command line, which every user of the machine can read, or
    /// a database password that is a placeholder or short. Options check the secrets they hold themselves.
    /// </summary>
    /// <param name="configuration">All settings.</param>
    /// <param name="arguments">What the command line says.</param>
    public static IEnumerable<string> FindFaults(IConfiguration configuration, HostArguments arguments)
    {
        if (arguments.IsCommandLine)
        {
            foreach (var name in Names.Where(arguments.Settings.ContainsKey))
            {
                yield return $"{name}: found on the command line, which every user of this machine can read; must come "
                    + $"from the environment or a file. Set {Variable(name)}_FILE to a file with it.";
            }
        }

        if (Password(configuration["Storage:ConnectionString"]) is { } password && !SecretRule.IsGood(password))
        {
            yield return $"Storage:ConnectionString: found a password of {password.Length} characters, a placeholder "
                + $"or too short; must be a real secret of at least {SecretRule.LengthMin} characters outside "
                + "Development. "
                + $"Set {Variable("Storage:ConnectionString")}_FILE to a file with a connection string that has one.";
        }
    }

    private static string Variable(string name) => name.Replace(":", "__", StringComparison.Ordinal);

    private static string? Password(string? connectionString)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
            return parts.TryGetValue("Password", out var password) ? password as string : null;
        }
        catch (ArgumentException)
        {
            // No connection string at all: the database's own message says more.
            return null;
        }
    }
}
