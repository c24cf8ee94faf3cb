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
        var outcomes = report.Siege!.Outcomes.Select(outcome => (outcome.Attack, outcome.What)).ToHashSet();
        Assert.Equal(
            [("scan", "answered 503"), ("brute force", "answered 429"), ("giant messages", "closed"),
                ("half-open and slow", "closed by the server")],
            from attack in (string[])["scan", "brute force", "giant messages", "half-open and slow"]
            from refused in (string[])["answered 503", "answered 429", "closed", "closed by the server"]
            where outcomes.Contains((attack, refused))
            select (attack, refused));
        Assert.DoesNotContain(("INVITE flood", "answered 182"), outcomes);
        Assert.DoesNotContain(("INVITE flood", "answered 200"), outcomes);
    }
}
