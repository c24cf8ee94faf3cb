using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Vrs.Bench.Headless;

/// <summary>What the web sign-in gives a page, and so a headless device.</summary>
/// <param name="AccessToken">Bearer token for HTTP, SIP and SignalR.</param>
/// <param name="ExpiresInSeconds">Its life, in seconds.</param>
/// <param name="RefreshToken">Gets the next access token.</param>
/// <param name="User">The account's name.</param>
/// <param name="Role">The account's role, as in JSON.</param>
/// <param name="DisplayName">The name other parties see.</param>
/// <param name="Number">E.164 number, or null.</param>
/// <param name="SipUri">The address-of-record.</param>
/// <param name="WebSocketUrl">Where SIP is spoken.</param>
public sealed record SignedIn(
    string AccessToken,
    int ExpiresInSeconds,
    string RefreshToken,
    string User,
    string Role,
    string DisplayName,
    string? Number,
    string SipUri,
    string WebSocketUrl)
{
    /// <summary>The SIP domain, from the address-of-record.</summary>
    public string Domain => SipUri[(SipUri.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>An HTTP client for the pages' own API, trusting the development certificate of this machine.</summary>
    public static HttpClient HttpFor(Uri server)
    {
        var handler = new SocketsHttpHandler
        {
            // One client signs many people in; a browser has one of them.
            UseCookies = false,
            SslOptions = { RemoteCertificateValidationCallback = LocalTrust.For(server) },
        };
        return new HttpClient(handler) { BaseAddress = server, Timeout = HeadlessPhone.PatienceForReplies };
    }

    /// <summary>Signs in as the pages do.</summary>
    /// <exception cref="HttpRequestException">Refused; the message carries the status.</exception>
    public static Task<SignedIn> SignIn(HttpClient http, string user, string password) =>
        Post(http, "/api/sign-in", new { user, password }, accessToken: null);

    /// <summary>Gets the next access token.</summary>
    /// <exception cref="HttpRequestException">Refused; the message carries the status.</exception>
    public Task<SignedIn> Refresh(HttpClient http) =>
        Post(http, "/api/token", new { refreshToken = RefreshToken }, AccessToken);

    private static async Task<SignedIn> Post(HttpClient http, string path, object body, string? accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (accessToken is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        }

        using var response = await http.SendAsync(request);
        if (!response.IsSuccessStatusCode)
        {
            var said = response.Content.Headers.ContentType?.MediaType == "application/problem+json"
                ? (await response.Content.ReadFromJsonAsync<Problem>())?.Detail
                : await response.Content.ReadAsStringAsync();
            throw new HttpRequestException(
                $"{path} answered {(int)response.StatusCode}: {said}", null, response.StatusCode);
        }

        return await response.Content.ReadFromJsonAsync<SignedIn>()
            ?? throw new HttpRequestException($"{path} answered with an empty body.");
    }

    private sealed record Problem(string? Detail);
}
