namespace Vrs.Silo.Hosting;

/// <summary>What one process does. A cluster has several of each; one machine does both in one process.</summary>
[Flags]
public enum Roles
{
    /// <summary>Runs grains.</summary>
    Grains = 1,

    /// <summary>Serves browsers and devices.</summary>
    Gateway = 2,

    /// <summary>Both: the default.</summary>
    Both = Grains | Gateway,
}

/// <summary>Reads the roles from the configuration.</summary>
public static class RolesSetting
{
    /// <summary>The setting's name.</summary>
    public const string Name = "Role";

    /// <summary>The roles asked for; <see cref="Roles.Both"/> when nothing is said.</summary>
    /// <exception cref="ConfigurationFaultsException">
    /// There is no such role, or this engine cannot have it.
    /// </exception>
    public static Roles Read(IConfiguration configuration)
    {
        var found = configuration[Name] ?? nameof(Roles.Both);
        if (!Enum.GetNames<Roles>().Contains(found, StringComparer.OrdinalIgnoreCase))
        {
            throw new ConfigurationFaultsException(
                [$"Role: found '{found}'; must be grains, gateway or both. Leave it out for both."]);
        }

        var roles = Enum.Parse<Roles>(found, ignoreCase: true);
        if (roles != Roles.Both && !GrainEngine.CanSplitRoles)
        {
            throw new ConfigurationFaultsException(
            [
                $"Role: found '{found}'; must be both, because the embedded grain engine is one process and no "
                + "cluster. Leave the role out, or build with -p:GrainEngine=Orleans.",
            ]);
        }

        return roles;
    }
}
