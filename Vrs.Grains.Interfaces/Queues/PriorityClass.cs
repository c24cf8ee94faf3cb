namespace Vrs.Grains.Interfaces.Queues;

/// <summary>Classes of waiting calls, first served first (47 CFR 9.14(b)(2)(ii): emergency ahead of all).</summary>
[GenerateSerializer, Alias("vrs.PriorityClass")]
public enum PriorityClass
{
    /// <summary>A call to emergency services.</summary>
    Emergency,

    /// <summary>A call that lost its interpreter mid-call.</summary>
    Recovering,

    /// <summary>Marked urgent by the caller or an operator.</summary>
    Urgent,

    /// <summary>Everything else.</summary>
    Standard,
}
