using Vrs.Bench.Headless;
using Vrs.Gateway.SessionPolicy;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Tests.Callflows;

/// <summary>Who plays in the stories, and with which numbers.</summary>
internal static class Cast
{
    /// <summary>The emergency number; hugo answers it.</summary>
    public const string Emergency = "911";

    private static readonly SessionRules Rules = new SessionPolicyOptions().ToRules();

    private static readonly Dictionary<string, string> Numbers = new()
    {
        ["dana"] = "+15550101",
        ["deniz"] = "+15550102",
        ["hana"] = "+15550201",
        ["hugo"] = "+15550202",
    };

    /// <summary>Devices in the order in which their messages are told.</summary>
    public static IReadOnlyList<string> Order { get; } =
        ["dana", "deniz", "ines", "ines2", "ivan", "hana", "hana2", "hugo", "olga"];

    /// <summary>Her number, or null.</summary>
    public static string? NumberOf(string who) => Numbers.GetValueOrDefault(who);

    /// <summary>Whose number it is, or null.</summary>
    public static UserId? UserOf(string? number) =>
        Numbers.FirstOrDefault(known => known.Value == number).Key is { } user ? new UserId(user) : null;

    /// <summary>Whether she is a Deaf caller.</summary>
    public static bool IsCaller(string who) => who is "dana" or "deniz";

    /// <summary>Whether she calls for herself; an interpreter who dials is in a call already.</summary>
    public static bool IsParty(string who) => NumberOf(who) is not null;

    /// <summary>Which way a call of hers goes.</summary>
    public static CallDirection DirectionOf(string who) =>
        IsCaller(who) ? CallDirection.DeafToHearing : CallDirection.HearingToDeaf;

    /// <summary>What her device offers: a phone has no picture.</summary>
    public static string OfferOf(string who) => IsCaller(who) ? Sdp.VideoOffer() : Sdp.AudioOffer();

    /// <summary>In which role she asks for something on her page.</summary>
    public static AccountRole RoleOf(string who) => who == "olga" ? AccountRole.Operator : AccountRole.Interpreter;

    /// <summary>What the second interpreter is for whom somebody asks.</summary>
    public static ColleaguePurpose PurposeOf(string deed) =>
        deed == "asks for relief" ? ColleaguePurpose.Relief : ColleaguePurpose.Support;

    /// <summary>The class of a call to this number.</summary>
    public static PriorityClass PriorityOf(string number) =>
        number == Emergency ? PriorityClass.Emergency : PriorityClass.Standard;

    /// <summary>What stories name the call of this number.</summary>
    public static string NameOf(int call) => call == 1 ? "call" : $"call{call}";

    /// <summary>The id of the call of this number.</summary>
    public static string CallOf(int call) => $"call{call}";

    /// <summary>The number of the call of this id.</summary>
    public static int NumberOf(CallId call) => int.Parse(call.Value["call".Length..]);

    /// <summary>The status with which the session policy refuses an offer; null when it may pass.</summary>
    public static int? RefusalOf(string offer) =>
        OfferPolicy.Check(offer, DescriptionKind.Offer, Rules) is Verdict.Refuse refuse
            ? refuse.Status
            : null;
}
