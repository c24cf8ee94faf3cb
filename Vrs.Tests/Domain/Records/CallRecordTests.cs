using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Records;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Tests.Domain.Calls;

namespace Vrs.Tests.Domain.Records;

/// <summary>The record of a call, as 47 CFR 64.604(c)(5)(iii)(D)(2) wants it.</summary>
public sealed class CallRecordTests
{
    [Fact]
    public void A_call_that_was_talked_has_session_and_conversation()
    {
        var record = CallRecord.Of(
            After(
                new CallEvent.QueueJoined(),
                new CallEvent.InterpreterReserved(CallSamples.Reservation("ines", 1)),
                new CallEvent.OfferAccepted(new("ines"), 1),
                new CallEvent.InterpreterAnswered(2, CallSamples.Dialog("interpreter")),
                new CallEvent.DialRequested(
                    CallSamples.PartyOf("ines"), "+15550201", CallSamples.Callee, CallSamples.Dialog("dial")),
                new CallEvent.CalleeLocated(3, [new CalleeDevice(new("phone"), "192.0.2.9")]),
                new CallEvent.CalleeAnswered(4, CallSamples.Dialog("callee")),
                new CallEvent.CalleeHungUp(4),
                new CallEvent.CallerHungUp(1)),
            "main");

        Assert.Equal("ca-ines", record.CaId);
        Assert.Equal(("+15550101", "192.0.2.1"), (record.IncomingNumber, record.IncomingAddress));
        Assert.Equal(("+15550201", "192.0.2.9"), (record.OutboundNumber, record.OutboundAddress));
        Assert.Equal(At(0), record.ArrivedAt);
        Assert.Equal((At(4), At(9)), (record.SessionStart, record.SessionEnd));
        Assert.Equal((At(7), At(8)), (record.ConversationStart, record.ConversationEnd));
        Assert.Equal((5 * 60, 60), (record.SessionSeconds, record.ConversationSeconds));
        Assert.Equal("main", record.HandlingLocation);
        Assert.Equal("https://vrs.local/", record.Url);
    }

    [Fact]
    public void A_call_that_was_given_up_in_line_has_neither()
    {
        var record = CallRecord.Of(After(new CallEvent.QueueJoined(), new CallEvent.CallerHungUp(1)), "main");

        Assert.Equal(EndReason.Abandoned, record.EndReason);
        Assert.Equal("", record.CaId);
        Assert.Null(record.AnsweredAt);
        Assert.Null(record.SessionStart);
        Assert.Null(record.ConversationStart);
        Assert.Equal(0, record.SessionSeconds);
    }

    [Theory]
    [InlineData(1, 1L)]
    [InlineData(12, null)]
    public void A_call_whose_interpreter_was_relieved_names_both_and_says_when_it_was_early(int minutes, long? early)
    {
        var talking = After(
            new CallEvent.QueueJoined(),
            new CallEvent.InterpreterReserved(CallSamples.Reservation("ines", 1)),
            new CallEvent.OfferAccepted(new("ines"), 1),
            new CallEvent.InterpreterAnswered(2, CallSamples.Dialog("interpreter")),
            new CallEvent.DialRequested(
                CallSamples.PartyOf("ines"), "+15550201", CallSamples.Callee, CallSamples.Dialog("dial")),
            new CallEvent.CalleeLocated(3, [new CalleeDevice(new("phone"), "192.0.2.9")]),
            new CallEvent.CalleeAnswered(4, CallSamples.Dialog("callee")));

        var relieved = Later(
            talking,
            minutes,
            new CallEvent.ColleagueWanted(ColleaguePurpose.Relief),
            new CallEvent.InterpreterReserved(CallSamples.Reservation("ivan", 2)),
            new CallEvent.OfferAccepted(new("ivan"), 2),
            new CallEvent.InterpreterAnswered(5, CallSamples.Dialog("ivan")),
            new CallEvent.CallerAnswered(6, CallSamples.Dialog("moved")),
            new CallEvent.DialRequested(CallSamples.PartyOf("ivan"), null, null, CallSamples.Dialog("rejoin")),
            new CallEvent.CalleeAnswered(8, CallSamples.Dialog("kept")),
            new CallEvent.CallerHungUp(6));
        var record = CallRecord.Of(relieved, "main");

        Assert.Equal("ca-ines,ca-ivan", record.CaId);
        Assert.Equal((1L, early, early), (record.Reliefs, record.EarlyReliefs, record.EarlyReliefRequests));
        Assert.Equal(At(7), record.ConversationStart);
    }

    [Theory]
    [InlineData(true, WishOutcome.Met)]
    [InlineData(false, WishOutcome.FellBack)]
    [InlineData(null, WishOutcome.NotMet)]
    public void A_preference_what_was_agreed_to_and_what_became_of_it_are_recorded(
        bool? asPreferred, WishOutcome outcome)
    {
        var wish = new InterpreterPreference(
            "female", new("ines"), TimeSpan.FromSeconds(60), PreferenceFallback.KeepWaiting);
        CallEvent[] served =
        [
            new CallEvent.InterpreterReserved(CallSamples.Reservation("ines", 1) with { AsPreferred = asPreferred }),
            new CallEvent.OfferAccepted(new("ines"), 1),
            new CallEvent.InterpreterAnswered(2, CallSamples.Dialog("interpreter")),
        ];

        CallEvent[] happened =
            [new CallEvent.QueueJoined(), .. asPreferred is null ? [] : served, new CallEvent.CallerHungUp()];
        var record = CallRecord.Of(After(wish, happened), "main");

        Assert.Equal(
            ("gender=female;named=ines;wait=60", PreferenceFallback.KeepWaiting, outcome),
            (record.Preference, record.PreferenceConsent, record.PreferenceOutcome));
    }

    [Fact]
    public void Who_was_served_by_one_as_wished_and_one_who_was_not_fell_back()
    {
        var wish = new InterpreterPreference("female", null, TimeSpan.Zero, PreferenceFallback.Anyone);

        var record = CallRecord.Of(
            After(
                wish,
                new CallEvent.QueueJoined(),
                new CallEvent.InterpreterReserved(CallSamples.Reservation("ines", 1) with { AsPreferred = true }),
                new CallEvent.OfferAccepted(new("ines"), 1),
                new CallEvent.InterpreterAnswered(2, CallSamples.Dialog("interpreter")),
                new CallEvent.InterpreterLost(2),
                new CallEvent.InterpreterReserved(CallSamples.Reservation("ivan", 2) with { AsPreferred = false }),
                new CallEvent.OfferAccepted(new("ivan"), 2),
                new CallEvent.InterpreterAnswered(3, CallSamples.Dialog("ivan")),
                new CallEvent.CallerAnswered(4, CallSamples.Dialog("moved")),
                new CallEvent.CallerHungUp(4)),
            "main");

        Assert.Equal(("gender=female", WishOutcome.FellBack), (record.Preference, record.PreferenceOutcome));
    }

    [Fact]
    public void Who_wished_for_nobody_has_nothing_of_it_recorded()
    {
        var record = CallRecord.Of(After(new CallEvent.QueueJoined(), new CallEvent.CallerHungUp(1)), "main");

        Assert.Equal((null, null, null), (record.Preference, record.PreferenceConsent, record.PreferenceOutcome));
    }

    [Fact]
    public void A_call_that_goes_on_has_no_record() =>
        Assert.Throws<InvalidOperationException>(() => CallRecord.Of(After(new CallEvent.QueueJoined()), "main"));

    private static CallState Later(CallState state, int minutes, params CallEvent[] happenings) =>
        happenings.Aggregate(
            state, (call, happening) => CallMachine.Apply(call, happening with { At = At(7 + minutes) }).Next);

    private static DateTimeOffset At(int minute) => CallSamples.Start.AddMinutes(minute);

    /// <summary>A call to which these things happened, one a minute.</summary>
    private static CallState After(params CallEvent[] happenings) => After(null, happenings);

    private static CallState After(InterpreterPreference? wish, params CallEvent[] happenings)
    {
        var minute = 0;
        return happenings.Aggregate(
            CallMachine.Apply(new CallState(), CallSamples.Invited() with { Preference = wish }).Next,
            (state, happening) => CallMachine.Apply(state, happening with { At = At(++minute) }).Next);
    }
}
