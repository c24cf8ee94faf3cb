namespace Orleans.Core;

/// <summary>A piece of stored state, whatever its type.</summary>
public interface IStorage
{
    /// <summary>The version last read or written; null when there is no record.</summary>
    string? Etag { get; }

    /// <summary>Whether a record exists.</summary>
    bool RecordExists { get; }

    /// <summary>Removes the record and starts from a fresh state.</summary>
    Task ClearStateAsync();

    /// <summary>Stores the state if the record still has our version.</summary>
    Task WriteStateAsync();

    /// <summary>Reads the record; a fresh state when there is none.</summary>
    Task ReadStateAsync();

    /// <inheritdoc cref="ClearStateAsync()"/>
    /// <param name="cancellationToken">Gives up the wait.</param>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <inheritdoc cref="WriteStateAsync()"/>
    /// <param name="cancellationToken">Gives up the wait.</param>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <inheritdoc cref="ReadStateAsync()"/>
    /// <param name="cancellationToken">Gives up the wait.</param>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}
