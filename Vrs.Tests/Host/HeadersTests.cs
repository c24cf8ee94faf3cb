using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Vrs.Bench.Headless;

namespace Vrs.Tests.Host;

public sealed class HeadersTests(VrsServerFixture fixture) : IClassFixture<VrsServerFixture>
{
    private readonly VrsServer _server = fixture.Server;

    [Theory]
    [InlineData("/")]
    [InlineData("/health/live")]
    [InlineData("/api/me")]
    [InlineData("/no-such-page")]
    public async Task Every_answer_keeps_the_pages_to_themselves(string path)
    {
        using var response = await _server.Http.GetAsync(path);
        var policy = Header(response, "Content-Security-Policy");

        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.StartsWith("camera=(self), microphone=(self)", Header(response, "Permissions-Policy"));
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_page_of_another_site_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/hubs/console");
        request.Headers.Add("Origin", "https://evil.example");
        using var response = await _server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("another site", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_own_pages_are_not()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Add("Origin", _server.Address.GetLeftPart(UriPartial.Authority));
        using var response = await _server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Plaintext_is_not_served()
    {
        using var http = new HttpClient();

        await Assert.ThrowsAsync<HttpRequestException>(
            () => http.GetAsync(new UriBuilder(_server.Address) { Scheme = "http" }.Uri));
    }

    [Fact]
    public async Task Old_TLS_is_not_spoken()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _server.Address.Port);
        await using var tls = new SslStream(socket.GetStream(), false, LocalTrust.For(_server.Address));
        var old = Enum.Parse<SslProtocols>("Tls11");

        await Assert.ThrowsAnyAsync<Exception>(() => tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = old }));
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.GetValues(name).Single();
}
