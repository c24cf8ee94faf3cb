namespace Vrs.Grains.Interfaces.Consoles;

/// <summary>What grains push to a user's open pages.</summary>
[GenerateSerializer, Immutable, Alias("vrs.ConsoleMessage")]
public abstract record ConsoleMessage;

/// <summary>A call this user is part of changed.</summary>
[GenerateSerializer, Immutable, Alias("vrs.CallChanged")]
public sealed record CallChanged([property: Id(0)] CallView View) : ConsoleMessage;

/// <summary>This interpreter's own status changed.</summary>
[GenerateSerializer, Immutable, Alias("vrs.InterpreterChanged")]
public sealed record InterpreterChanged([property: Id(0)] InterpreterView View) : ConsoleMessage;

/// <summary>An offer for this interpreter.</summary>
[GenerateSerializer, Immutable, Alias("vrs.OfferMade")]
public sealed record OfferMade([property: Id(0)] OfferView Offer) : ConsoleMessage;

/// <summary>The offer of this number is no longer open.</summary>
[GenerateSerializer, Immutable, Alias("vrs.OfferWithdrawn")]
public sealed record OfferWithdrawn(
    [property: Id(0)] CallId Call,
    [property: Id(1)] long Offer,
    [property: Id(2)] ReleaseReason Reason) : ConsoleMessage;
