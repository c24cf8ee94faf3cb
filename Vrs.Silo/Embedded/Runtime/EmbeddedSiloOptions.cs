using System.Globalization;
using Microsoft.Extensions.Options;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>Limits and times of the embedded grain engine; configuration section <c>GrainEngine</c>.</summary>
public sealed record EmbeddedSiloOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "GrainEngine";

    /// <summary>How long a caller waits for an answer.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a grain stays in memory after its last request.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle grains are looked for.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a grain's deactivation may take, and the deactivation of all at shutdown.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The shortest period of a reminder.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many requests may wait for one grain; more are refused.</summary>
    public int MailboxLimit { get; set; } = 10_000;
}

/// <summary>Checks <see cref="EmbeddedSiloOptions"/>, all faults at once.</summary>
public sealed class EmbeddedSiloOptionsValidator : IValidateOptions<EmbeddedSiloOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddedSiloOptions options)
    {
        List<string> faults = [];
        Positive(nameof(options.ResponseTimeout), options.ResponseTimeout);
        Positive(nameof(options.CollectionAge), options.CollectionAge);
        Positive(nameof(options.CollectionQuantum), options.CollectionQuantum);
        Positive(nameof(options.DeactivationTimeout), options.DeactivationTimeout);
        Positive(nameof(options.MinimumReminderPeriod), options.MinimumReminderPeriod);
        if (options.MailboxLimit < 1)
        {
            const string Name = $"{EmbeddedSiloOptions.Section}:{nameof(options.MailboxLimit)}";
            faults.Add(string.Create(
                CultureInfo.InvariantCulture, $"{Name} is {options.MailboxLimit}; it must be at least 1."));
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Positive(string option, TimeSpan value)
        {
            if (value <= TimeSpan.Zero)
            {
                faults.Add(
                    $"{EmbeddedSiloOptions.Section}:{option} is {value}; it must be longer than 0, e.g. 00:00:30.");
            }
        }
    }
}
