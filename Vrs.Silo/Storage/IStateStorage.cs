namespace Vrs.Silo.Storage;

/// <summary>Where grain state is kept: bytes under a key, each with a version.</summary>
public interface IStateStorage
{
    /// <summary>The record, or null when there is none.</summary>
    /// <param name="key">Which.</param>
    Task<StoredState?> Read(StateKey key);

    /// <summary>Writes the record if its version is still the one given.</summary>
    /// <param name="key">Which.</param>
    /// <param name="json">The state, UTF-8 JSON.</param>
    /// <param name="etag">The version known; null when none is known, and none must be there.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="StaleStateException">The version in storage is another one.</exception>
    Task<string> Write(StateKey key, ReadOnlyMemory<byte> json, string? etag);

    /// <summary>Removes the record if its version is still the one given.</summary>
    /// <param name="key">Which.</param>
    /// <param name="etag">The version known.</param>
    /// <exception cref="StaleStateException">The version in storage is another one.</exception>
    Task Clear(StateKey key, string etag);
}

/// <summary>Names a piece of grain state.</summary>
/// <param name="Grain">The grain.</param>
/// <param name="State">The name of the state within the grain.</param>
public readonly record struct StateKey(GrainIdentity Grain, string State)
{
    public override string ToString() => $"{Grain}/{State}";
}

/// <summary>A piece of grain state as stored.</summary>
/// <param name="Json">The state, UTF-8 JSON.</param>
/// <param name="Etag">Its version.</param>
public sealed record StoredState(ReadOnlyMemory<byte> Json, string Etag);
