namespace Vrs.Grains.Interfaces.Interpreters;

/// <summary>Why an interpreter is on a break: a closed list, so that reports and metrics can count by it.</summary>
[GenerateSerializer, Alias("vrs.BreakKind")]
public enum BreakKind
{
    /// <summary>A short rest.</summary>
    Rest,

    /// <summary>A meal.</summary>
    Meal,

    /// <summary>A meeting.</summary>
    Meeting,

    /// <summary>Training.</summary>
    Training,

    /// <summary>Something does not work at her desk.</summary>
    Technical,

    /// <summary>Something else; her note may say what.</summary>
    Other,

    /// <summary>Nobody chose it: she let too many offers pass in a row.</summary>
    MissedOffers,
}
