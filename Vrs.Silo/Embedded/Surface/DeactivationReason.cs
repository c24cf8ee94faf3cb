namespace Orleans;

/// <summary>Why an activation ends, with text for people.</summary>
public readonly struct DeactivationReason
{
    /// <summary>A reason without an exception.</summary>
    /// <param name="code">The kind.</param>
    /// <param name="text">One sentence.</param>
    public DeactivationReason(DeactivationReasonCode code, string text)
    {
        ReasonCode = code;
        Description = text;
    }

    /// <summary>A reason that is an exception.</summary>
    /// <param name="code">The kind.</param>
    /// <param name="exception">What was thrown.</param>
    /// <param name="text">One sentence.</param>
    public DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
        : this(code, text) =>
        Exception = exception;

    /// <summary>The kind.</summary>
    public DeactivationReasonCode ReasonCode { get; }

    /// <summary>One sentence.</summary>
    public string Description { get; }

    /// <summary>What was thrown, or null.</summary>
    public Exception? Exception { get; }

    public override string ToString() => $"{ReasonCode}: {Description}";
}
