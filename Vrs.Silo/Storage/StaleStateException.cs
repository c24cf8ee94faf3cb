namespace Vrs.Silo.Storage;

/// <summary>The record in storage is not the one that the writer knows: somebody else has written it.</summary>
public sealed class StaleStateException : Exception
{
    public StaleStateException()
    {
    }

    public StaleStateException(string message)
        : base(message)
    {
    }

    public StaleStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With both versions.</summary>
    /// <param name="message">What was tried.</param>
    /// <param name="stored">The version in storage; null when there is no record.</param>
    /// <param name="known">The version that the writer knows; null when it knows none.</param>
    public StaleStateException(string message, string? stored, string? known)
        : base(message) =>
        (Stored, Known) = (stored, known);

    /// <summary>The version in storage; null when there is no record.</summary>
    public string? Stored { get; }

    /// <summary>The version that the writer knows; null when it knows none.</summary>
    public string? Known { get; }
}
