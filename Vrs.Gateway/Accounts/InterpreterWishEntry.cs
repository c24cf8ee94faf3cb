using Vrs.Gateway.Legs;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Gateway.Accounts;

/// <summary>A caller's standing preference in the configuration.</summary>
public sealed class InterpreterWishEntry
{
    /// <summary>The gender wished for, as interpreters state it.</summary>
    public string? Gender { get; set; }

    /// <summary>The account of the interpreter wished for.</summary>
    public string? Interpreter { get; set; }

    /// <summary>How long nobody else is asked.</summary>
    public TimeSpan WaitFor { get; set; }

    /// <summary>What the caller agreed to otherwise: <c>anyone</c>, or <c>wait</c> for nobody else.</summary>
    public string Otherwise { get; set; } = "anyone";

    internal InterpreterPreference? ToPreference() => Gender is null && Interpreter is null
        ? null
        : new InterpreterPreference(
            Gender?.ToLowerInvariant(),
            Interpreter is null ? null : InterpreterId.From(Interpreter),
            WaitFor,
            CallWishes.ReadFallback(Otherwise) ?? PreferenceFallback.Anyone);

    internal void Check(OptionFaults faults, string at, AccountRole? role)
    {
        faults.Require(
            role is AccountRole.Caller || ToPreference() is null,
            at,
            Interpreter ?? Gender,
            "must be left out: only callers choose their interpreters",
            "Remove it.");
        foreach (var word in new[] { Gender, Interpreter }.OfType<string>())
        {
            faults.Require(
                CallWishes.IsWord(word), at, word, "must be one word", "Write it like female, or like ines.");
        }

        faults.Require(
            WaitFor >= TimeSpan.Zero && WaitFor <= TimeSpan.FromSeconds(CallWishes.WaitMaxSeconds),
            $"{at}:{nameof(WaitFor)}",
            WaitFor,
            "must be from 00:00:00 to 01:00:00",
            "Leave it out for no wait.");
        faults.Require(
            CallWishes.ReadFallback(Otherwise) is not null,
            $"{at}:{nameof(Otherwise)}",
            Otherwise,
            "must be anyone or wait",
            "Write what the caller agreed to.");
    }
}
