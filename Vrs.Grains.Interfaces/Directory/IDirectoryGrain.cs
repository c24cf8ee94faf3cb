namespace Vrs.Grains.Interfaces.Directory;

/// <summary>One telephone number and whose it is; keyed by the number in E.164 form, e.g. <c>+15550100</c>.</summary>
[Alias("vrs.IDirectoryGrain")]
public interface IDirectoryGrain : IGrainWithStringKey
{
    /// <summary>The holder of the number, or null when it is assigned to nobody.</summary>
    [Alias("Resolve")]
    Task<DirectoryEntry?> Resolve();

    /// <summary>Assigns the number, or frees it with null.</summary>
    [Alias("Assign")]
    Task Assign(DirectoryEntry? entry);
}

/// <summary>The holder of a number.</summary>
/// <param name="User">Whose number it is.</param>
/// <param name="Role">What kind of account that is: decides the direction of a call.</param>
/// <param name="DisplayName">The name other parties see.</param>
[GenerateSerializer, Immutable, Alias("vrs.DirectoryEntry")]
public sealed record DirectoryEntry(
    [property: Id(0)] UserId User,
    [property: Id(1)] AccountRole Role,
    [property: Id(2)] string DisplayName);
