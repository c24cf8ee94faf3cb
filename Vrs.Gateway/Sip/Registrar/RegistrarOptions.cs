using Microsoft.Extensions.Options;
using Vrs.Grains.Interfaces;

namespace Vrs.Gateway.Sip.Registrar;

/// <summary>How long a registration may hold (RFC 3261 section 10.2.1.1).</summary>
public sealed record RegistrarOptions
{
    /// <summary>The section's name in the configuration.</summary>
    public const string Section = "Gateway:Registrar";

    /// <summary>The shortest life granted, in seconds; less is refused with 423.</summary>
    public int MinExpiresSeconds { get; set; } = 60;

    /// <summary>The longest life granted, in seconds; more is shortened to it.</summary>
    public int MaxExpiresSeconds { get; set; } = 3600;

    /// <summary>The life granted when the device asks for none, in seconds.</summary>
    public int DefaultExpiresSeconds { get; set; } = 600;
}

/// <summary>Finds every fault of <see cref="RegistrarOptions"/> at once.</summary>
public sealed class RegistrarOptionsValidator : IValidateOptions<RegistrarOptions>
{
    public ValidateOptionsResult Validate(string? name, RegistrarOptions options)
    {
        var faults = new OptionFaults(RegistrarOptions.Section);
        faults.Require(
            options.MinExpiresSeconds is >= 10 and <= 3600,
            nameof(options.MinExpiresSeconds),
            options.MinExpiresSeconds,
            "must be from 10 to 3600 (RFC 3261 section 10.3 forbids to refuse an hour)",
            "60 suits most.");
        faults.Require(
            options.MaxExpiresSeconds >= options.MinExpiresSeconds && options.MaxExpiresSeconds <= 86400,
            nameof(options.MaxExpiresSeconds),
            options.MaxExpiresSeconds,
            $"must be from {nameof(options.MinExpiresSeconds)} to 86400",
            "3600 suits most.");
        faults.Require(
            options.DefaultExpiresSeconds >= options.MinExpiresSeconds
                && options.DefaultExpiresSeconds <= options.MaxExpiresSeconds,
            nameof(options.DefaultExpiresSeconds),
            options.DefaultExpiresSeconds,
            $"must lie between {nameof(options.MinExpiresSeconds)} and {nameof(options.MaxExpiresSeconds)}",
            "600 suits most.");
        return faults.All.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.All);
    }
}
