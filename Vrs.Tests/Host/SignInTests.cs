using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Vrs.Tests.Host;

public sealed class SignInTests(VrsServerFixture fixture) : IClassFixture<VrsServerFixture>
{
    private readonly VrsServer _server = fixture.Server;

    [Fact]
    public async Task A_page_gets_all_it_needs_to_make_calls()
    {
        using var response = await Post("/api/sign-in", new { user = "ines", password = "demo" });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal("ines", answer.GetProperty("user").GetString());
        Assert.Equal("interpreter", answer.GetProperty("role").GetString());
        Assert.Equal("Ines Marchetti", answer.GetProperty("displayName").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("number").ValueKind);
        Assert.Equal("sip:ines@vrs.local", answer.GetProperty("sipUri").GetString());
        Assert.Equal($"wss://{_server.Address.Authority}/sip", answer.GetProperty("webSocketUrl").GetString());
        Assert.Equal("ase+en", answer.GetProperty("pool").GetString());
        Assert.Equal(600, answer.GetProperty("expiresInSeconds").GetInt32());
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_get_the_same_answer()
    {
        using var unknown = await Post("/api/sign-in", new { user = "nobody-here", password = "wrong" });
        using var wrong = await Post("/api/sign-in", new { user = "deniz", password = "wrong" });

        Assert.Equal((HttpStatusCode.Unauthorized, "User name or password is wrong."), await Problem(unknown));
        Assert.Equal((HttpStatusCode.Unauthorized, "User name or password is wrong."), await Problem(wrong));
    }

    [Theory]
    [InlineData("""{"user":"dana"}""")]
    [InlineData("""{"user":7}""")]
    [InlineData("""not json""")]
    public async Task A_request_that_makes_no_sense_is_refused_in_a_sentence(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _server.Http.PostAsync("/api/sign-in", content);

        var (status, detail) = await Problem(response);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.EndsWith(".", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_gets_slower_and_says_how_long()
    {
        // Each wait is twice the one before, so that even a slow machine asks again within one of them.
        var attempts = 0;
        var last = await Post("/api/sign-in", new { user = "hugo", password = "wrong" });
        while (last.StatusCode == HttpStatusCode.Unauthorized && ++attempts < 12)
        {
            last.Dispose();
            last = await Post("/api/sign-in", new { user = "hugo", password = "wrong" });
        }

        using var throttled = last;
        Assert.InRange(attempts, 5, 12);
        Assert.Equal(HttpStatusCode.TooManyRequests, throttled.StatusCode);
        Assert.InRange(throttled.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 300);
        Assert.StartsWith("Too many wrong passwords.", (await Problem(throttled)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_stays_signed_in_until_it_signs_out()
    {
        var first = await _server.SignIn("dana");
        var second = await first.Refresh(_server.Http);
        using var me = await Get("/api/me", second.AccessToken);
        Assert.Equal("dana", (await me.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("user").GetString());

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/sign-out");
        request.Headers.Authorization = new("Bearer", second.AccessToken);
        using var signedOut = await _server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, signedOut.StatusCode);
        using var after = await Get("/api/me", second.AccessToken);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => second.Refresh(_server.Http));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Theory]
    [InlineData("/api/me")]
    [InlineData("/api/ice-servers")]
    [InlineData("/hubs/console")]
    [InlineData("/hubs/operations")]
    public async Task Without_a_token_nothing_is_told(string path)
    {
        using var none = await Get(path, null);
        using var bad = await Get(path, "eyJ.eyJ.x");

        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (none.StatusCode, $"{none.Headers.WwwAuthenticate}"));
        Assert.Equal("Bearer error=\"invalid_token\"", $"{bad.Headers.WwwAuthenticate}");
        Assert.StartsWith("Sign in first", (await Problem(none)).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dana", "/hubs/operations")]
    [InlineData("olga", "/hubs/console")]
    public async Task A_hub_is_for_its_roles_only(string user, string hub)
    {
        using var response = await Get(hub, (await _server.SignIn(user)).AccessToken);

        Assert.Equal((HttpStatusCode.Forbidden, "Your account may not do this."), await Problem(response));
    }

    [Fact]
    public async Task Ice_servers_are_told_to_people_who_signed_in()
    {
        using var response = await Get("/api/ice-servers", (await _server.SignIn("dana")).AccessToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(0, answer.GetProperty("iceServers").GetArrayLength());
        Assert.Equal(12 * 3600, answer.GetProperty("ttlSeconds").GetInt32());
    }

    private static async Task<(HttpStatusCode Status, string Detail)> Problem(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (response.StatusCode, problem.GetProperty("detail").GetString()!);
    }

    private Task<HttpResponseMessage> Post(string path, object body) => _server.Http.PostAsJsonAsync(path, body);

    private Task<HttpResponseMessage> Get(string path, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        return _server.Http.SendAsync(request);
    }
}
