using Orleans.Runtime;
using Vrs.Silo.Embedded.Runtime;

namespace Orleans;

/// <summary>Identity of grains and references.</summary>
public static class GrainExtensions
{
    /// <summary>The key of the grain.</summary>
    /// <param name="grain">A grain object or a reference to one.</param>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static string GetPrimaryKeyString(this IAddressable grain) =>
        grain switch
        {
            Grain instance => instance.Activation.Identity.Key,
            GrainReference reference => reference.Key,
            _ => throw new ArgumentException("Neither a grain nor a reference to one.", nameof(grain)),
        };

    /// <summary>A reference to the grain, to be given to others.</summary>
    /// <typeparam name="TGrainInterface">The grain interface.</typeparam>
    /// <param name="grain">A grain object or a reference to one.</param>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        grain switch
        {
            Grain instance => instance.Activation.Silo.MakeReference<TGrainInterface>(instance.Activation.Identity),
            GrainReference and TGrainInterface reference => reference,
            _ => throw new ArgumentException("Neither a grain nor a reference of this interface.", nameof(grain)),
        };
}
