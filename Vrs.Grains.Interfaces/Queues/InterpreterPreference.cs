namespace Vrs.Grains.Interfaces.Queues;

/// <summary>
/// Which interpreter a caller would like, and what she agreed to if that one is not free. Both are her choice: the
/// service never puts them in by itself (FCC 64.604(a)(1)(vi): a requested gender is honoured as far as possible).
/// </summary>
/// <param name="Gender">The gender wished for, as interpreters state it; null when it does not matter.</param>
/// <param name="Interpreter">The interpreter wished for; null when it does not matter.</param>
/// <param name="WaitFor">
/// How long nobody else may be asked. Zero: whoever comes closest to the wish is asked at once.
/// </param>
/// <param name="Fallback">What the caller agreed to for the time after.</param>
/// <param name="Name">The display name of that interpreter, if it was known when the wish was stated.</param>
[GenerateSerializer, Immutable, Alias("vrs.InterpreterPreference")]
public sealed record InterpreterPreference(
    [property: Id(0)] string? Gender,
    [property: Id(1)] InterpreterId? Interpreter,
    [property: Id(2)] TimeSpan WaitFor,
    [property: Id(3)] PreferenceFallback Fallback,
    [property: Id(4)] string? Name = null);

/// <summary>What a caller agreed to when the interpreter she wished for does not become free in time.</summary>
[GenerateSerializer, Alias("vrs.PreferenceFallback")]
public enum PreferenceFallback
{
    /// <summary>Anyone qualified may be asked.</summary>
    Anyone,

    /// <summary>Nobody else is asked; the call ends when <see cref="InterpreterPreference.WaitFor"/> is over.</summary>
    KeepWaiting,
}

/// <summary>What has become of a caller's preference.</summary>
[GenerateSerializer, Alias("vrs.WishOutcome")]
public enum WishOutcome
{
    /// <summary>She waits; nothing is decided.</summary>
    Open,

    /// <summary>Whoever serves is as she wished.</summary>
    Met,

    /// <summary>Somebody else serves.</summary>
    FellBack,

    /// <summary>The call ended, and nobody had served it.</summary>
    NotMet,
}
