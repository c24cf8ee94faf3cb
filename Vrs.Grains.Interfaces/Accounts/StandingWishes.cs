namespace Vrs.Grains.Interfaces.Accounts;

/// <summary>What every relay call of an account, or to it, asks for.</summary>
/// <param name="Required">
/// What an interpreter must have (<see cref="Qualification"/>), e.g. <c>medical</c> for a hospital's number; ordinal
/// order.
/// </param>
/// <param name="Preference">Whom a Deaf person would like to have; null for anyone.</param>
[GenerateSerializer, Immutable, Alias("vrs.StandingWishes")]
public sealed record StandingWishes(
    [property: Id(0)] ImmutableArray<string> Required,
    [property: Id(1)] InterpreterPreference? Preference);
