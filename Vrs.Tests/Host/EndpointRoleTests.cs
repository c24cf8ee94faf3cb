using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Vrs.Bench.Headless;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Tests.Host;

/// <summary>Least privilege over HTTP: who may use which endpoint, each tried by everybody.</summary>
public sealed class EndpointRoleTests(VrsServerFixture fixture) : IClassFixture<VrsServerFixture>
{
    private static readonly AccountRole[] Everybody = Enum.GetValues<AccountRole>();
    private static readonly AccountRole[] InCalls = [AccountRole.Caller, AccountRole.Interpreter, AccountRole.Phone];

    /// <summary>Endpoints that are for everybody, signed in or not.</summary>
    private static readonly string[] Open =
    [
        "GET /health/live", "GET /health/ready", "GET /health/startup",
        "GET /api/demo-accounts", "POST /api/sign-in", "POST /api/token", "ANY /sip",
    ];

    /// <summary>All others; a new endpoint needs a new line.</summary>
    private static readonly Dictionary<string, AccountRole[]> Matrix = new()
    {
        ["GET /api/me"] = Everybody,
        ["POST /api/sign-out"] = Everybody,
        ["GET /api/ice-servers"] = InCalls,
        ["GET /api/preference"] = [AccountRole.Caller],
        ["PUT /api/preference"] = [AccountRole.Caller],
        ["GET /api/operations/records"] = [AccountRole.Operator],
        ["GET /api/operations/decisions"] = [AccountRole.Operator],
        ["GET /api/audit"] = [AccountRole.Operator, AccountRole.Auditor],
        ["ANY /hubs/console"] = InCalls,
        ["ANY /hubs/console/negotiate"] = InCalls,
        ["ANY /hubs/operations"] = [AccountRole.Operator],
        ["ANY /hubs/operations/negotiate"] = [AccountRole.Operator],
    };

    private readonly VrsServer _server = fixture.Server;

    [Fact]
    public void Every_endpoint_is_in_the_matrix()
    {
        var found = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .SelectMany(endpoint =>
                (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
                .DefaultIfEmpty("ANY")
                .Where(method => method != "OPTIONS")
                .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"))
            .Distinct();

        Assert.Equal(Open.Concat(Matrix.Keys).Order(), found.Order());
    }

    [Fact]
    public async Task Everybody_is_let_in_where_the_matrix_says_and_nowhere_else()
    {
        var wrong = new List<string>();
        foreach (var (endpoint, roles) in Matrix)
        {
            Note(wrong, endpoint, "nobody", await Ask(endpoint, token: null), HttpStatusCode.Unauthorized);
            foreach (var role in Everybody)
            {
                HttpStatusCode? refused = roles.Contains(role) ? null : HttpStatusCode.Forbidden;
                Note(wrong, endpoint, $"{role}", await Ask(endpoint, TokenOf(role)), refused);
            }
        }

        Assert.Empty(wrong);
    }

    private static void Note(
        List<string> wrong, string endpoint, string who, HttpStatusCode found, HttpStatusCode? refused)
    {
        var isRefused = found is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        if (refused is null ? isRefused : found != refused)
        {
            wrong.Add($"{endpoint} by {who}: {(int)found}");
        }
    }

    private async Task<HttpStatusCode> Ask(string endpoint, string? token)
    {
        var (method, path) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1]);
        using var http = SignedIn.HttpFor(_server.Address);
        using var request = new HttpRequestMessage(HttpMethod.Parse(MethodFor(method, path)), path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.StatusCode;
    }

    private static string MethodFor(string method, string path) => method switch
    {
        "ANY" => path.EndsWith("/negotiate", StringComparison.Ordinal) ? "POST" : "GET",
        _ => method,
    };

    // A sign-in of its own for each request: signing out ends one of them.
    private string TokenOf(AccountRole role) => _server.Services.GetRequiredService<IAccessTokens>()
        .Issue(new Account(UserId.From("dana"), role, "Dana", null, "", Pools: [], Skills: [], CaId: null))
        .AccessToken;
}
