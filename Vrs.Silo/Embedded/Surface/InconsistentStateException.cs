using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>The record in storage is not the one this activation knows: somebody else has written it.</summary>
[GenerateSerializer]
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException()
        : base("The stored state has another version.")
    {
    }

    public InconsistentStateException(string message)
        : base(message)
    {
    }

    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException!)
    {
    }

    /// <summary>With both versions.</summary>
    /// <param name="errorMsg">What was tried.</param>
    /// <param name="storedEtag">The version in storage; null when there is no record.</param>
    /// <param name="currentEtag">The version the activation knows.</param>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : base($"{errorMsg} Stored version: {storedEtag ?? "none"}; ours: {currentEtag ?? "none"}.")
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>The version in storage; null when there is no record.</summary>
    [Id(1)]
    public string? StoredEtag { get; }

    /// <summary>The version the activation knows; null when it knows none.</summary>
    [Id(2)]
    public string? CurrentEtag { get; }
}
