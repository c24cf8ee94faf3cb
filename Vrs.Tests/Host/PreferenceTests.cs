using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Accounts;

namespace Vrs.Tests.Host;

/// <summary>A caller's standing preference on a whole server.</summary>
public sealed class PreferenceTests : IAsyncLifetime
{
    private const string Path = "/api/preference";

    private static readonly string Hash =
        new Passwords(Options.Create(new AccountsOptions())).Hash("nobody signs in with it");

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

    [Theory]
    [InlineData("ines")]
    [InlineData(" Ines Marchetti ")]
    [InlineData("INES")]
    [InlineData("7001")]
    public async Task An_interpreter_is_named_as_callers_know_her(string interpreter)
    {
        using var dana = await _server.HttpAs("dana");

        using var put = await dana.PutAsJsonAsync(Path, new { interpreter, waitSeconds = 60, otherwise = "anyone" });

        var kept = await put.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("ines", kept.GetProperty("interpreter").GetString());
        Assert.Equal("Ines Marchetti", kept.GetProperty("interpreterName").GetString());
    }

    [Theory]
    [InlineData("Inez", "We know no interpreter “Inez”. Check the spelling, or use the CA number.")]
    [InlineData("dana", "We know no interpreter “dana”. Check the spelling, or use the CA number.")]
    [InlineData("Iris Vogel", "Iris Vogel does not interpret between your languages.")]
    [InlineData("iris", "Several interpreters are called “iris”. Use the CA number.")]
    public async Task An_interpreter_who_cannot_be_meant_is_refused_with_a_remedy(string interpreter, string sentence)
    {
        using var dana = await _server.HttpAs("dana");

        using var refused = await dana.PutAsJsonAsync(Path, new { interpreter, waitSeconds = 9, otherwise = "wait" });

        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(sentence, problem.GetProperty("detail").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Only_callers_have_one()
    {
        using var ines = await _server.HttpAs("ines");

        using var refused = await ines.GetAsync(Path);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    public async Task InitializeAsync()
    {
        var settings = new Dictionary<string, string?>();
        Add(settings, 0, "vogel", "Iris Vogel", "lse+es");
        Add(settings, 1, "blum", "Iris Blum", "ase+en");
        _server = await VrsServer.Start(settings);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private static void Add(Dictionary<string, string?> settings, int index, string user, string name, string pool)
    {
        var entry = $"Accounts:Users:{index}";
        settings[$"{entry}:User"] = user;
        settings[$"{entry}:Role"] = "interpreter";
        settings[$"{entry}:DisplayName"] = name;
        settings[$"{entry}:CaId"] = $"81{index}";
        settings[$"{entry}:Pools:0"] = pool;
        settings[$"{entry}:PasswordHash"] = Hash;
    }
}
