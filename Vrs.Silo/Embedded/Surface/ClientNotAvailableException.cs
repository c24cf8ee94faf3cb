namespace Orleans.Runtime;

/// <summary>The observer was deleted, or its process is gone.</summary>
[GenerateSerializer]
public sealed class ClientNotAvailableException : OrleansException
{
    internal ClientNotAvailableException()
        : base("The observer is gone.")
    {
    }
}
