using Vrs.Bench.Load;

namespace Vrs.Tests.Integration.Load;

/// <summary>Calls while others scan, guess, flood, and hold connections open. How much later they are is measured by
/// <c>./vrs load --hostile</c>; here none may be lost.</summary>
public sealed class SiegeTests : ProcessTest
{
    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["Accounts:LoadAccounts"] = "20" };

    [Fact]
    public async Task Every_call_is_served_while_others_attack_and_each_attack_is_refused()
    {
        var report = await LoadCommand.Besiege(new LoadOptions(
            Server.Url, 3, TimeSpan.FromSeconds(4), TimeSpan.FromMilliseconds(500), 15, 10, 15, "demo"));

        Assert.NotNull(report);
        Assert.True(report.Quiet.IsClean);
        Assert.Empty(report.Attacked.Failures);
        Assert.Equal((12, 0), (report.Attacked.Completed, report.Attacked.LeftOver));
        Assert.Equal(
            [("scan", "answered 503"), ("brute force", "answered 429"), ("giant messages", "closed"),
                ("half-open and slow", "closed by the server")],
            from attacker in report.Siege!.Attackers
            from refused in (string[])["answered 503", "answered 429", "closed", "closed by the server"]
            where attacker.Name != "INVITE flood" && attacker.Outcomes.Any(outcome => outcome.Outcome == refused)
            select (attacker.Name, refused));
        var flooder = report.Siege.Attackers.Single(attacker => attacker.Name == "INVITE flood");
        Assert.DoesNotContain(flooder.Outcomes, outcome => outcome.Outcome is "answered 182" or "answered 200");
    }
}
