namespace Vrs.Grains.Domain.Queues;

/// <summary>An interpreter for a call, and why she.</summary>
/// <param name="Call">The call.</param>
/// <param name="Interpreter">The interpreter.</param>
/// <param name="PassedOver">Calls ahead of it in line, for whom nobody is free who fits.</param>
/// <param name="Excluded">How many of those who are free did not fit, by the first reason.</param>
/// <param name="Considered">The first few who fit, in order; she is the first.</param>
public sealed record Decision(
    CallId Call,
    InterpreterId Interpreter,
    int PassedOver,
    ExcludedCounts Excluded,
    ImmutableArray<ConsideredInterpreter> Considered)
{
    /// <summary>Whether she is as the caller wished; null when nothing was wished for.</summary>
    /// <param name="wish">What the caller wished for.</param>
    internal bool? Honours(InterpreterPreference? wish) => wish is null ? null : Considered[0].OpenWishes == 0;
}

/// <summary>Free interpreters who did not fit, each counted under the first filter that excluded her.</summary>
/// <param name="Skill">A required skill is missing.</param>
/// <param name="Certification">A required certification is missing.</param>
/// <param name="Country">She is not from the required country.</param>
/// <param name="Preference">She is not as the caller insists.</param>
/// <param name="Pause">She let an offer for this call pass just now.</param>
public sealed record ExcludedCounts(int Skill, int Certification, int Country, int Preference, int Pause);

/// <summary>Somebody who fits, with the keys of the order: less is better, the first that differs decides.</summary>
/// <param name="Interpreter">Who.</param>
/// <param name="OpenWishes">Wishes of the caller that she leaves open.</param>
/// <param name="SpareQualifications">Skills and certifications beyond those required: they are kept for others.</param>
/// <param name="FreeSince">The number under which she became free: less is longer idle.</param>
public sealed record ConsideredInterpreter(
    InterpreterId Interpreter, int OpenWishes, int SpareQualifications, long FreeSince)
    : IComparable<ConsideredInterpreter>
{
    public int CompareTo(ConsideredInterpreter? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byWishes = OpenWishes.CompareTo(other.OpenWishes);
        var bySpare = byWishes != 0 ? byWishes : SpareQualifications.CompareTo(other.SpareQualifications);
        var bySince = bySpare != 0 ? bySpare : FreeSince.CompareTo(other.FreeSince);
        return bySince != 0 ? bySince : string.CompareOrdinal(Interpreter.Value, other.Interpreter.Value);
    }
}
