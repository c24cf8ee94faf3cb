namespace Vrs.Silo.Storage;

/// <summary>The database can't be used. The message is one or two sentences for an operator, remedy included.</summary>
public sealed class StorageException : Exception
{
    public StorageException()
    {
    }

    public StorageException(string message)
        : base(message)
    {
    }

    public StorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
