namespace Vrs.Bench.Load;

/// <summary>What becomes of a call besides being placed.</summary>
internal enum CallKind
{
    /// <summary>It is served to its end.</summary>
    Ordinary,

    /// <summary>The caller's connection breaks in the conversation, and she comes back.</summary>
    CallerDrops,

    /// <summary>The interpreter's does.</summary>
    InterpreterDrops,

    /// <summary>The hearing person's does.</summary>
    PhoneDrops,

    /// <summary>The caller gives up before anybody has answered.</summary>
    GivenUp,
}

/// <summary>Which calls are of which kind.</summary>
internal static class CallMix
{
    /// <summary>Nothing happens to any call.</summary>
    public static CallKind Ordinary(int call) => CallKind.Ordinary;

    /// <summary>Of ten calls six are ordinary, and one is of each other kind.</summary>
    public static CallKind Mixed(int call) => (call % 10) switch
    {
        1 => CallKind.CallerDrops,
        3 => CallKind.InterpreterDrops,
        5 => CallKind.PhoneDrops,
        7 => CallKind.GivenUp,
        _ => CallKind.Ordinary,
    };
}
