using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Vrs.Bench.Headless;
using Vrs.Gateway.Accounts;

namespace Vrs.Tests.Integration;

/// <summary>Who did what to which call, when, from where, with what outcome, is on record within seconds.</summary>
public sealed class AuditTests : RelayTest
{
    private static readonly TimeSpan OnRecordWithin = TimeSpan.FromSeconds(5);
    private static readonly string Hash = HashOf(RelayWorld.Password);

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Accounts:Users:0:User"] = "audrey",
        ["Accounts:Users:0:Role"] = "auditor",
        ["Accounts:Users:0:DisplayName"] = "Audrey Bell",
        ["Accounts:Users:0:PasswordHash"] = Hash,
    };

    [Fact]
    public async Task A_call_that_an_operator_ends_is_told_step_by_step()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);
        var olga = await SignedIn.SignIn(World.Http, "olga", RelayWorld.Password);
        await using var board = await HeadlessConsole.Connect(
            World.Http.BaseAddress!, olga.AccessToken, "/hubs/operations");
        Assert.Null(await board.EndCall(relayed.Call));

        var steps = await Eventually(
            "audrey", $"?call={relayed.Call}&take=500", events => Has(events, "page.end_call"));

        AssertHas(steps, "call.caller_invited", "dana", "caller", "done");
        AssertHas(steps, "call.offer_accepted", "ines", "interpreter", "done");
        AssertHas(steps, "interpreter.accept", "ines", "interpreter", "done");
        AssertHas(steps, "call.callee_answered", "hana", "callee", "done");
        AssertHas(steps, "call.operator_ended", "unknown", "operator", "done");
        AssertHas(steps, "page.end_call", "olga", "operator", "done");
        var ended = Find(steps, "page.end_call");
        Assert.Equal("127.0.0.1", ended.GetProperty("address").GetString());
        Assert.EndsWith("OperatorEnded", Find(steps, "call.operator_ended").GetProperty("detail").GetString());
        Assert.DoesNotContain(steps, step => step.GetRawText().Contains("v=0", StringComparison.Ordinal));
        var session = Find(steps, "call.operator_ended").GetProperty("session").GetString();
        var bySession = await Page("olga", $"?call={session}&take=500&action=call.*");
        Assert.Equal(
            steps.Count(step => step.GetProperty("action").GetString()!.StartsWith("call.", StringComparison.Ordinal)),
            bySession.GetProperty("events").EnumerateArray().Count());
        await relayed.Ends();
    }

    [Fact]
    public async Task Of_guesses_refused_in_one_wait_the_first_is_on_record_and_not_the_flood()
    {
        var answers = new List<HttpStatusCode>();
        while (answers.Count(answer => answer == HttpStatusCode.TooManyRequests) < 4)
        {
            using var guess = await World.Http.PostAsJsonAsync(
                "/api/sign-in", new { user = "deniz", password = "guess" });
            answers.Add(guess.StatusCode);
        }

        var page = await Page("audrey", "?actor=deniz&action=sign_in&take=500");
        var waits = answers.Zip(answers.Skip(1)).Count(
            pair => pair is (HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests));
        Assert.Equal(waits, page.GetProperty("events").EnumerateArray().Count(
            entry => entry.GetProperty("outcome").GetString() == "throttled"));
    }

    [Fact]
    public async Task Who_signed_in_and_who_was_refused_is_on_record()
    {
        var dana = await World.Open("dana");
        using var wrong = await World.Http.PostAsJsonAsync("/api/sign-in", new { user = "dana", password = "guess" });
        using var nobody = await World.Http.PostAsJsonAsync("/api/sign-in", new { user = "s3cret!", password = "x" });
        Assert.Equal(403, (await (await dana.Phone.Call("+15550102", Sdp.VideoOffer())).Final(Wait.Reply)).Status);
        var refused = await dana.Page.Accept(new OfferNews("no-call", 1, "", ""));
        Assert.NotNull(refused);

        var events = await Eventually(
            "audrey", "?take=500", found => Has(found, "page.accept") && Has(found, "sip.invite"));

        AssertHas(events, "sign_in", "dana", "caller", "done");
        AssertHas(events, "sign_in", "dana", "unknown", "refused");
        AssertHas(events, "sign_in", "unknown", "unknown", "refused");
        AssertHas(events, "page.accept", "dana", "caller", "forbidden");
        AssertHas(events, "sip.invite", "dana", "caller", "403");
        AssertHas(events, "audit.read", "audrey", "auditor", "done");
        Assert.DoesNotContain(events, entry => entry.GetRawText().Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_for_operators_and_auditors_and_an_auditor_reads_nothing_else()
    {
        Assert.Equal(HttpStatusCode.OK, await Status("olga", "/api/audit"));
        Assert.Equal(HttpStatusCode.OK, await Status("audrey", "/api/audit"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status("dana", "/api/audit"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status("ines", "/api/audit"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status("audrey", "/api/operations/records"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await World.Http.GetAsync("/api/audit")).StatusCode);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat()
    {
        await World.OpenThree();
        var seen = new List<long>();
        long? before = null;
        do
        {
            var page = await Page("olga", $"?take=2&to=9999{(before is null ? "" : $"&before={before}")}");
            var events = page.GetProperty("events").EnumerateArray();
            seen.AddRange(events.Select(entry => entry.GetProperty("id").GetInt64()));
            before = page.GetProperty("before") is { ValueKind: JsonValueKind.Number } next ? next.GetInt64() : null;
        }
        while (before is not null && seen.Count < 200);

        Assert.True(seen.Count > 4);
        Assert.Equal(seen.Distinct().OrderDescending(), seen);
    }

    private static string HashOf(string password)
    {
        using var passwords = new Passwords(Options.Create(new AccountsOptions { HashIterations = 10_000 }));
        return passwords.Hash(password);
    }

    private static bool Has(IEnumerable<JsonElement> events, string action) =>
        events.Any(entry => entry.GetProperty("action").GetString() == action);

    private static JsonElement Find(IEnumerable<JsonElement> events, string action) =>
        events.First(entry => entry.GetProperty("action").GetString() == action);

    private static void AssertHas(
        IEnumerable<JsonElement> events, string action, string actor, string role, string outcome) =>
        Assert.Contains((action, actor, role, outcome), events.Select(entry => (
            entry.GetProperty("action").GetString()!,
            entry.GetProperty("actor").GetString()!,
            entry.GetProperty("role").GetString()!,
            entry.GetProperty("outcome").GetString()!)));

    private async Task<IReadOnlyList<JsonElement>> Eventually(
        string user, string question, Predicate<IReadOnlyList<JsonElement>> isEnough)
    {
        IReadOnlyList<JsonElement> events = [];
        await Wait.Until(
            "The trail has it",
            async () =>
            {
                events = [.. (await Page(user, question)).GetProperty("events").EnumerateArray()];
                return isEnough(events);
            },
            OnRecordWithin);
        return events;
    }

    private async Task<JsonElement> Page(string user, string question)
    {
        using var answer = await Get(user, "/api/audit" + question);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<HttpStatusCode> Status(string user, string path)
    {
        using var answer = await Get(user, path);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> Get(string user, string path)
    {
        var account = await SignedIn.SignIn(World.Http, user, RelayWorld.Password);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", account.AccessToken);
        return await World.Http.SendAsync(request);
    }
}
