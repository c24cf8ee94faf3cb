using System.Reflection;
using Vrs.Bench.Headless;
using Vrs.Gateway.Consoles;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Tests.Host;

public sealed class HubRoleTests(VrsServerFixture fixture) : IClassFixture<VrsServerFixture>
{
    private readonly VrsServer _server = fixture.Server;

    /// <summary>Who may call what; the whole of it, so that a new method needs a new line.</summary>
    private static readonly Dictionary<string, AccountRole[]> Matrix = new()
    {
        ["ConsoleHub.HangUp"] = [AccountRole.Caller, AccountRole.Phone, AccountRole.Interpreter],
        ["ConsoleHub.SignIn"] = [AccountRole.Interpreter],
        ["ConsoleHub.SignOut"] = [AccountRole.Interpreter],
        ["ConsoleHub.GoAvailable"] = [AccountRole.Interpreter],
        ["ConsoleHub.TakeBreak"] = [AccountRole.Interpreter],
        ["ConsoleHub.ExtendWrapUp"] = [AccountRole.Interpreter],
        ["ConsoleHub.Accept"] = [AccountRole.Interpreter],
        ["ConsoleHub.Decline"] = [AccountRole.Interpreter],
        ["ConsoleHub.AskForColleague"] = [AccountRole.Interpreter],
        ["ConsoleHub.DismissColleague"] = [AccountRole.Interpreter],
        ["ConsoleHub.RequestCallback"] = [AccountRole.Caller, AccountRole.Phone],
        ["OperationsHub.EndCall"] = [AccountRole.Operator],
        ["OperationsHub.AskForColleague"] = [AccountRole.Operator],
        ["OperationsHub.DismissColleague"] = [AccountRole.Operator],
    };

    [Fact]
    public void Every_method_says_whom_it_is_for()
    {
        var found = new[] { typeof(ConsoleHub), typeof(OperationsHub) }
            .SelectMany(hub => hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => !m.IsSpecialName && !m.Name.EndsWith("connectedAsync", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(
                m => $"{m.DeclaringType!.Name}.{m.Name}",
                m => m.GetCustomAttribute<ForRolesAttribute>()?.Roles.ToArray() ?? []);

        Assert.Equal(Matrix.Keys.Order(), found.Keys.Order());
        Assert.All(Matrix, row => Assert.Equal(row.Value, found[row.Key]));
    }

    [Fact]
    public async Task A_caller_may_not_do_an_interpreters_work()
    {
        await using var page = await Open("dana");

        foreach (var ask in new[] { page.SignIn(), page.SignOut(), page.GoAvailable(), page.TakeBreak("rest") })
        {
            var refusal = await ask;
            Assert.Equal(("forbidden", "A caller may not do this."), (refusal?.Reason, refusal?.Detail));
        }
    }

    [Fact]
    public async Task An_interpreter_who_comes_to_work_sees_her_status()
    {
        await using var page = await Open("ivan");

        Assert.Null(await page.SignIn());

        await page.Status("break", TimeSpan.FromSeconds(10));
        var refusal = await page.GoAvailable();
        Assert.Equal("consoleNotReady", refusal?.Reason);
        Assert.Null(await page.SignOut());
    }

    [Theory]
    [InlineData("", "notFound")]
    [InlineData("../etc", "notFound")]
    [InlineData("nosuchcall", "forbidden")]
    public async Task A_call_that_is_not_hers_is_refused_in_a_sentence(string call, string reason)
    {
        await using var page = await Open("dana");

        var refusal = await page.HangUp(call);

        Assert.Equal(reason, refusal?.Reason);
        Assert.EndsWith(".", refusal?.Detail, StringComparison.Ordinal);
    }

    private async Task<HeadlessConsole> Open(string user) =>
        await HeadlessConsole.Connect(_server.Address, (await _server.SignIn(user)).AccessToken);
}
