using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Vrs.Bench.Headless;
using Vrs.Gateway;
using Vrs.Silo;
using Vrs.Tests.Host;

namespace Vrs.Tests.Cluster;

/// <summary>The dashboard of Orleans shows everything that goes on, and is for operators.</summary>
public sealed class DashboardTests(VrsServerFixture fixture) : IClassFixture<VrsServerFixture>
{
    private readonly VrsServer _server = fixture.Server;

    [Fact]
    public void All_that_it_serves_is_for_operators()
    {
        var served = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .Where(endpoint => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}"
                .StartsWith(GrainEngine.DashboardPath, StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(served);
        Assert.All(served, endpoint => Assert.Contains(
            endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(),
            rule => rule.Policy == GatewayServices.OperatorPolicy));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("dana", HttpStatusCode.Forbidden)]
    [InlineData("olga", HttpStatusCode.OK)]
    public async Task Who_is_no_operator_does_not_see_it(string? user, HttpStatusCode expected)
    {
        using var http = SignedIn.HttpFor(_server.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{GrainEngine.DashboardPath}/");
        if (user is not null)
        {
            var token = (await _server.SignIn(user)).AccessToken;
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await http.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }
}
