using Vrs.Grains.Domain.Machines;

namespace Vrs.Tests.Domain;

/// <summary>A log is replayed against the tables; one that was doctored anywhere is found out.</summary>
public sealed class TraceCheckTests
{
    private static readonly string[] Honest =
    [
        Line("service_starting"),
        Call("caller_invited", "new", "received", 1),
        Interpreter("sign_in", "signedOut", "break", 1),
        "plain text says nothing",
        Call("queue_joined", "received", "queued", 2),
        Interpreter("consoles_changed", "break", "break", 2),
        Interpreter("go_available", "break", "available", 3),
        Call("interpreter_reserved", "queued", "offered", 3),
        Call("offer_elapsed", "offered", "queued", 4),
        Call("caller_hung_up", "queued", "ended", 5),
    ];

    [Fact]
    public void An_honest_log_is_legal()
    {
        var check = Read(Honest);

        Assert.Equal([], check.Faults);
        Assert.Equal((8, 2), (check.Steps, check.Entities));
    }

    [Theory]
    [InlineData(4, "caller_rejected", "received", "queued", 2, "CallerRejected is no step in Received")]
    [InlineData(4, "queue_joined", "received", "relaying", 2, "QueueJoined in Received does not lead to Relaying")]
    [InlineData(4, "queue_jumped", "received", "queued", 2, "the table has no event queuejumped")]
    [InlineData(4, "queue_joined", "received", "limbo", 2, "the table has no phase limbo")]
    [InlineData(4, "queue_joined", "received", "queued", 3, "version 3 follows version 1")]
    [InlineData(4, "queue_joined", "received", "queued", 1, "version 1 follows version 1")]
    [InlineData(8, "caller_away", "offered", "queued", 7, "version 7 follows version 3")]
    [InlineData(
        8, "caller_away", "connecting", "queued", 4, "calleraway in connecting, but the last step ended in offered")]
    public void A_line_that_was_changed_is_found(
        int index, string name, string from, string to, long version, string fault)
    {
        var doctored = Honest.ToArray();
        doctored[index] = Call(name, from, to, version);

        Assert.Equal($"log:{index + 1}: {fault}", Read(doctored).Faults[0]);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void A_line_that_was_taken_out_is_found(int index) =>
        Assert.NotEmpty(Read([.. Honest.Where((_, at) => at != index)]).Faults);

    [Fact]
    public void A_line_that_was_doubled_is_found() => Assert.Contains(
        "version 5 follows version 5", Assert.Single(Read([.. Honest, Honest[^1]]).Faults.Take(1)));

    [Fact]
    public void Whoever_comes_back_elsewhere_needs_a_crash_that_the_log_tells()
    {
        var back = Return("queued", 2);

        Assert.Contains("comes back in queued at version 2", Assert.Single(Read([.. Honest, back]).Faults));
        Assert.Empty(Read([.. Honest, Return("ended", 5)]).Faults);
        Assert.Empty(Read([.. Honest, Line("service_starting"), back]).Faults);
        Assert.Empty(Read([.. Honest, GivenUp("call1"), back]).Faults);
        Assert.NotEmpty(Read([.. Honest, GivenUp("call2"), back]).Faults);
        Assert.Empty(Read(
            [.. Honest, Line("service_starting"), back, Call("caller_hung_up", "queued", "ended", 3)]).Faults);
    }

    [Fact]
    public void Whoever_comes_back_to_a_silo_may_have_gone_on_at_another_and_never_back()
    {
        string[] silo = [Line("service_starting", "Grains"), .. Honest[1..]];
        string[] alone = [Line("service_starting", "Both"), .. Honest[1..5]];

        Assert.Empty(Read([.. silo[..5], Return("ended", 7)]).Faults);
        Assert.NotEmpty(Read([.. silo, Return("queued", 2)]).Faults);
        Assert.NotEmpty(Read([.. alone, Return("ended", 7)]).Faults);
    }

    [Fact]
    public void After_a_crash_nobody_goes_on_without_having_come_back() => Assert.NotEmpty(Read(
        [.. Honest[..5], Line("service_starting"), Call("caller_hung_up", "queued", "ended", 9)]).Faults);

    [Fact]
    public void A_step_without_a_version_is_found() => Assert.Contains(
        "tells no version",
        Assert.Single(Read(["""{"event_name":"sign_in","machine":"interpreter","interpreter":"ines"}"""]).Faults));

    private static TraceCheck Read(string[] lines)
    {
        var check = new TraceCheck();
        for (var i = 0; i < lines.Length; i++)
        {
            check.Read($"log:{i + 1}", lines[i]);
        }

        return check;
    }

    private static string Line(string name, string role = "Both") =>
        $$"""{"level":"info","event_name":"{{name}}","role":"{{role}}"}""";

    private static string GivenUp(string call) =>
        $$"""{"event_name":"state_given_up","machine":"call","entity":"{{call}}"}""";

    private static string Return(string state, long version) =>
        """{"event_name":"restored","machine":"call","correlation_id":"call1","""
        + $$""" "state_to":"{{state}}","version":"{{version}}"}""";

    private static string Call(string name, string from, string to, long version) =>
        Step("call", "correlation_id", "call1", name, from, to, version);

    private static string Interpreter(string name, string from, string to, long version) =>
        Step("interpreter", "interpreter", "ines", name, from, to, version);

    private static string Step(
        string machine, string field, string entity, string name, string from, string to, long version) =>
        $$"""{"event_name":"{{name}}","machine":"{{machine}}","{{field}}":"{{entity}}","state_from":"{{from}}","""
        + $$""" "state_to":"{{to}}","version":"{{version}}"}""";
}
