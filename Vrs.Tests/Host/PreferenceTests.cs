using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Vrs.Tests.Host;

/// <summary>A caller's standing preference on a whole server.</summary>
public sealed class PreferenceTests : IAsyncLifetime
{
    private const string Path = "/api/preference";

    private VrsServer _server = null!;

    [Fact]
    public async Task It_is_none_at_first_and_what_she_chose_outlives_a_restart()
    {
        using (var dana = await _server.HttpAs("dana"))
        {
            var first = await dana.GetFromJsonAsync<JsonElement>(Path);
            using var put = await dana.PutAsJsonAsync(
                Path, new { gender = "Female", interpreter = (string?)null, waitSeconds = 45, otherwise = "wait" });

            Assert.Equal(JsonValueKind.Null, first.GetProperty("gender").ValueKind);
            Assert.Equal("anyone", first.GetProperty("otherwise").GetString());
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        }

        await _server.Restart();

        using var again = await _server.HttpAs("dana");
        var kept = await again.GetFromJsonAsync<JsonElement>(Path);
        Assert.Equal("female", kept.GetProperty("gender").GetString());
        Assert.Equal(45, kept.GetProperty("waitSeconds").GetInt32());
        Assert.Equal("wait", kept.GetProperty("otherwise").GetString());
    }

    [Theory]
    [InlineData("two words", 0, "anyone")]
    [InlineData("female", 3_601, "anyone")]
    [InlineData("female", 10, "perhaps")]
    public async Task What_cannot_be_is_refused_with_a_sentence(string gender, int waitSeconds, string otherwise)
    {
        using var dana = await _server.HttpAs("dana");

        using var refused = await dana.PutAsJsonAsync(Path, new { gender, waitSeconds, otherwise });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.EndsWith(".", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_callers_have_one()
    {
        using var ines = await _server.HttpAs("ines");

        using var refused = await ines.GetAsync(Path);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    public async Task InitializeAsync() => _server = await VrsServer.Start();

    public async Task DisposeAsync() => await _server.DisposeAsync();
}
