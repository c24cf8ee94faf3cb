namespace Vrs.Grains.Interfaces.Calls;

/// <summary>One leg of one call.</summary>
/// <param name="Call">The call.</param>
/// <param name="Number">The leg's number in its call, from 1; never used twice.</param>
[GenerateSerializer, Immutable, Alias("vrs.LegRef")]
public readonly record struct LegRef([property: Id(0)] CallId Call, [property: Id(1)] int Number)
{
    public override string ToString() => $"{Call}/{Number}";
}
