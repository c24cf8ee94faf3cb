using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;

namespace Vrs.Tests.Simulation;

/// <summary>What people do about a call when a seed aims at it.</summary>
internal static class Deeds
{
    private static readonly LegRole[] OfParties = [LegRole.Caller, LegRole.Callee];

    /// <summary>The connection of whoever serves breaks for good, now and then.</summary>
    public static void LoseInterpreter(World world, CallId call)
    {
        if (world.Fate.People.Next(4) == 0)
        {
            EndLegs(world, call, Served(world, call), LegEndCause.Broken);
        }
    }

    public static void InterpreterHangsUp(World world, CallId call) =>
        EndLegs(world, call, Served(world, call), LegEndCause.HungUp);

    public static void InterpreterBreaks(World world, CallId call) => EndLegs(
        world, call, Served(world, call).Where(own => own.Leg.Stage is LegStage.Established), LegEndCause.Broken);

    public static void ColleagueHangsUp(World world, CallId call) =>
        EndLegs(world, call, Beside(world, call), LegEndCause.HungUp);

    public static void ColleagueBreaks(World world, CallId call) => EndLegs(
        world, call, Beside(world, call).Where(own => own.Leg.Stage is LegStage.Established), LegEndCause.Broken);

    public static void CalleeHangsUp(World world, CallId call) =>
        EndLegs(world, call, Legs(world, call, LegRole.Callee), LegEndCause.HungUp);

    /// <summary>Her page offers it while her phone rings.</summary>
    public static void CalleeAsksToEnd(World world, CallId call) => Each(Legs(world, call, LegRole.Callee), own =>
        own.Device.Try(() => world.Call(call).HangUp(new HangUpRequest(own.Device.User, own.Device.Role))));

    public static void CallerGivesUp(World world, CallId call) => Each(Legs(world, call, LegRole.Caller), own =>
        own.Device.Try(() => world.Call(call).HangUp(new HangUpRequest(own.Device.User, own.Device.Role))));

    /// <summary>Her page calls again, whatever it has: on this device or on another one of hers.</summary>
    public static void CallerReturns(World world, CallId call) => world.CallersDevice(call)?.CallAgain(call);

    public static void CallerAsksForCallback(World world, CallId call)
    {
        if (world.CallersDevice(call) is { } device)
        {
            device.Try(() => world.Call(call).RequestCallback(device.User));
        }
    }

    public static void PartiesHold(World world, CallId call) => Each(Legs(world, call, OfParties), own =>
        own.Device.Hold(own.Leg, world.Fate.People.Next(3) > 0));

    public static void OperatorEnds(World world, CallId call) => world.Operate(call, 2);

    public static void OperatorDismisses(World world, CallId call) => world.Operate(call, 1);

    public static void OperatorAsksForRelief(World world, CallId call) => world.Operate(call, 0);

    public static void OperatorAsksForSupport(World world, CallId call) => world.Operate(call, 3);

    public static void OperatorAsksForSomebody(World world, CallId call) =>
        world.Operate(call, world.Fate.People.Next(2) * 3);

    public static void CallerLosesConnection(World world, CallId call) => Lose(Legs(world, call, LegRole.Caller));

    public static void InterpreterLosesConnection(World world, CallId call) => Lose(
        Legs(world, call, LegRole.InterpreterToCaller).Where(own => own.Leg.Stage is LegStage.Established));

    /// <summary>Whoever is held for the call rests instead, before she has seen any offer.</summary>
    public static void WhoeverIsHeldRests(World world, CallId call) => Each(
        world.Interpreters.Where(one => world.Auditor.HeldBy(one.User)?.Call == call),
        one => one.Try(() => world.Interpreter(one.User).TakeBreak(BreakKind.Rest, "")));

    private static void Lose(IEnumerable<(Device Device, DeviceLeg Leg)> legs) =>
        Each(legs, own => own.Device.Disconnect(orderly: true));

    private static void EndLegs(
        World world, CallId call, IEnumerable<(Device Device, DeviceLeg Leg)> legs, LegEndCause cause)
    {
        world.Log.Note($"{call}: {cause}");
        Each(legs, own => own.Device.HangUp(own.Leg, cause));
    }

    private static IEnumerable<(Device Device, DeviceLeg Leg)> Served(World world, CallId call) =>
        Legs(world, call, LegRole.InterpreterToCaller).Where(own => Serves(world, call, own.Device));

    private static IEnumerable<(Device Device, DeviceLeg Leg)> Beside(World world, CallId call) =>
        Legs(world, call, LegRole.InterpreterToCaller).Where(own => !Serves(world, call, own.Device));

    private static bool Serves(World world, CallId call, Device device) =>
        world.Auditor.CallOf(call)?.Interpreter?.Interpreter.Value == device.User.Value;

    private static IEnumerable<(Device Device, DeviceLeg Leg)> Legs(
        World world, CallId call, params LegRole[] roles) =>
        from device in world.Devices
        from leg in device.Legs
        where leg.Ref?.Call == call && roles.Contains(leg.Role)
        select (device, leg);

    private static void Each<T>(IEnumerable<T> all, Action<T> deed) => all.ToList().ForEach(deed);
}
