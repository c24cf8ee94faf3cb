using System.Collections;
using System.ComponentModel;
using System.Reflection;

namespace Vrs.Silo.Hosting;

/// <summary>
/// Compares a section of the configuration with the options it fills: a name that fills nothing is most likely a typing
/// error, and a value of the wrong kind would stop the program with a less helpful message.
/// </summary>
internal static class ConfigurationShape
{
    /// <summary>The faults of a section.</summary>
    public static IReadOnlyList<string> FindFaults(IConfigurationSection section, Type type)
    {
        var faults = new List<string>();
        CompareObject(section, type, faults);
        return faults;
    }

    private static void CompareObject(IConfigurationSection section, Type type, List<string> faults)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren().Where(c => !ConfigurationSections.IsSection(c.Path)))
        {
            if (properties.TryGetValue(child.Key, out var property))
            {
                Compare(child, property.PropertyType, faults);
            }
            else if (SettingFiles.SettingOf(child.Key) is not { } name || !properties.ContainsKey(name))
            {
                var known = string.Join(", ", properties.Keys.Order(StringComparer.Ordinal));
                faults.Add(
                    $"{child.Path}: found a setting that nothing reads; must be one of {known}. Correct or remove it.");
            }
        }
    }

    private static void Compare(IConfigurationSection section, Type type, List<string> faults)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (TypeDescriptor.GetConverter(plain) is { } converter && converter.CanConvertFrom(typeof(string)))
        {
            CompareValue(section, plain, converter, faults);
        }
        else if (plain.IsAssignableTo(typeof(IEnumerable)))
        {
            CompareItems(section, plain, faults);
        }
        else
        {
            CompareObject(section, plain, faults);
        }
    }

    private static void CompareItems(IConfigurationSection section, Type type, List<string> faults)
    {
        var item = type.IsArray ? type.GetElementType() : type.GetGenericArguments().LastOrDefault();
        if (item is null)
        {
            return;
        }

        foreach (var child in section.GetChildren())
        {
            Compare(child, item, faults);
        }
    }

    private static void CompareValue(
        IConfigurationSection section,
        Type type,
        TypeConverter converter,
        List<string> faults)
    {
        if (section.GetChildren().Any())
        {
            faults.Add($"{section.Path}: found a group of settings; must be {Describe(type)}. Correct its form.");
        }
        else if (section.Value is { Length: > 0 } value && !CanConvert(converter, value))
        {
            faults.Add($"{section.Path}: found '{value}'; must be {Describe(type)}. Correct the value.");
        }
    }

    private static bool CanConvert(TypeConverter converter, string value)
    {
        try
        {
            converter.ConvertFromInvariantString(value);
            return true;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Describe(Type type) => type switch
    {
        _ when type == typeof(TimeSpan) => "a time span such as 00:00:30",
        _ when type == typeof(bool) => "true or false",
        _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ => "one value",
    };
}
