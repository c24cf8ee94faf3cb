namespace Vrs.Grains.Interfaces.Calls;

/// <summary>What a second interpreter is wanted for.</summary>
[GenerateSerializer, Alias("vrs.ColleaguePurpose")]
public enum ColleaguePurpose
{
    /// <summary>She takes the first one's place; the conversation does not stop for it.</summary>
    Relief,

    /// <summary>She joins the first one: she sees the caller and is seen by her.</summary>
    Support,
}

/// <summary>How far a second interpreter has come.</summary>
[GenerateSerializer, Alias("vrs.ColleagueStage")]
public enum ColleagueStage
{
    /// <summary>One is being sought.</summary>
    Sought,

    /// <summary>One is reserved and is being asked.</summary>
    Asked,

    /// <summary>She accepted; her leg, and a second one of the caller, are being set up.</summary>
    Joining,

    /// <summary>She and the caller see each other. Who relieves still has to take over the other party.</summary>
    Joined,
}

/// <summary>What became of the last second interpreter.</summary>
[GenerateSerializer, Alias("vrs.ColleagueOutcome")]
public enum ColleagueOutcome
{
    /// <summary>Nothing yet: none was wanted, or it is not settled.</summary>
    None,

    /// <summary>Nobody came in time; the first interpreter stays.</summary>
    NobodyCame,

    /// <summary>She took the first one's place.</summary>
    TookOver,

    /// <summary>She supported and left.</summary>
    Left,

    /// <summary>She supported and her connection was lost.</summary>
    Lost,

    /// <summary>The search was cancelled, or she was sent away.</summary>
    Dismissed,
}

/// <summary>Somebody wants a second interpreter for a call.</summary>
/// <param name="User">Who asks.</param>
/// <param name="Role">In which role.</param>
/// <param name="Purpose">What for.</param>
[GenerateSerializer, Immutable, Alias("vrs.ColleagueRequest")]
public sealed record ColleagueRequest(
    [property: Id(0)] UserId User,
    [property: Id(1)] AccountRole Role,
    [property: Id(2)] ColleaguePurpose Purpose);

/// <summary>What a page may see of a second interpreter.</summary>
/// <param name="Purpose">What she is wanted for.</param>
/// <param name="Stage">How far she has come.</param>
/// <param name="Interpreter">Who; null until one accepted.</param>
/// <param name="Name">Her display name; null until she accepted.</param>
/// <param name="CaId">Her CA number; null until she accepted.</param>
/// <param name="Since">When she was asked for.</param>
/// <param name="Early">
/// Whether relief was asked for before the first interpreter's minimum stay was over (47 CFR 64.604(a)(1)(v)).
/// </param>
[GenerateSerializer, Immutable, Alias("vrs.ColleagueView")]
public sealed record ColleagueView(
    [property: Id(0)] ColleaguePurpose Purpose,
    [property: Id(1)] ColleagueStage Stage,
    [property: Id(2)] InterpreterId? Interpreter,
    [property: Id(3)] string? Name,
    [property: Id(4)] string? CaId,
    [property: Id(5)] DateTimeOffset Since,
    [property: Id(6)] bool Early);
