using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Vrs.Gateway;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Tests.Host;

public sealed class AccessTokenTests : IDisposable
{
    private static readonly Account Dana =
        new(UserId.From("dana"), AccountRole.Caller, "Dana", "+15550101", "hash-1", [], [], null);

    private readonly TemporaryFolder _data = new();
    private readonly SteppedTime _time = new();
    private readonly AccessTokens _tokens;

    public AccessTokenTests() => _tokens = Make(_data.Path);

    [Fact]
    public void An_access_token_says_who_holds_it()
    {
        var holder = _tokens.Verify(_tokens.Issue(Dana).AccessToken);

        Assert.NotNull(holder);
        Assert.Equal((Dana.User, AccountRole.Caller), (holder.User, holder.Role));
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(10), holder.ExpiresAt);
    }

    [Fact]
    public void An_access_token_ends_after_ten_minutes()
    {
        var token = _tokens.Issue(Dana).AccessToken;

        _time.Advance(TimeSpan.FromSeconds(599));
        Assert.NotNull(_tokens.Verify(token));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_tokens.Verify(token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJkYW5hIn0.")]
    public void Anything_else_is_no_token(string text) => Assert.Null(_tokens.Verify(text));

    [Fact]
    public void A_changed_token_is_no_token()
    {
        var parts = _tokens.Issue(Dana).AccessToken.Split('.');
        var other = _tokens.Issue(Dana with { User = UserId.From("olga"), Role = AccountRole.Operator })
            .AccessToken.Split('.');

        Assert.Null(_tokens.Verify($"{parts[0]}.{other[1]}.{parts[2]}"));
    }

    [Fact]
    public async Task A_refresh_token_is_no_access_token_and_the_other_way_round()
    {
        var issued = _tokens.Issue(Dana);

        Assert.Null(_tokens.Verify(issued.RefreshToken));
        Assert.Null(await _tokens.VerifyRefresh(issued.AccessToken, Find(Dana)));
    }

    [Fact]
    public async Task A_refresh_token_buys_tokens_of_the_same_sign_in_for_twelve_hours()
    {
        var issued = _tokens.Issue(Dana);
        var first = _tokens.Verify(issued.AccessToken);

        _time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        var renewed = await _tokens.VerifyRefresh(issued.RefreshToken, Find(Dana));
        Assert.Equal(first?.SignIn, renewed?.SignIn);
        Assert.NotNull(renewed);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await _tokens.VerifyRefresh(issued.RefreshToken, Find(Dana)));
    }

    [Fact]
    public async Task A_new_password_or_a_removed_account_ends_earlier_sign_ins()
    {
        var issued = _tokens.Issue(Dana);

        Assert.Null(await _tokens.VerifyRefresh(issued.RefreshToken, Find(Dana with { PasswordHash = "hash-2" })));
        Assert.Null(await _tokens.VerifyRefresh(issued.RefreshToken, Find(null)));
    }

    [Fact]
    public async Task After_sign_out_no_token_of_that_sign_in_is_good_and_others_are()
    {
        var gone = _tokens.Issue(Dana);
        var other = _tokens.Issue(Dana);

        await _tokens.Revoke(_tokens.Verify(gone.AccessToken)!.SignIn);

        Assert.Null(_tokens.Verify(gone.AccessToken));
        Assert.Null(await _tokens.VerifyRefresh(gone.RefreshToken, Find(Dana)));
        Assert.NotNull(_tokens.Verify(other.AccessToken));
    }

    [Fact]
    public void Tokens_outlive_a_restart_because_the_key_is_kept_for_its_owner_only()
    {
        var token = _tokens.Issue(Dana).AccessToken;

        Assert.NotNull(Make(_data.Path).Verify(token));
        Assert.True(_data.IsForOwnerOnly("token-signing.key"));
    }

    [Fact]
    public void Another_servers_tokens_are_not_ours()
    {
        using var elsewhere = new TemporaryFolder();

        Assert.Null(_tokens.Verify(Make(elsewhere.Path).Issue(Dana).AccessToken));
    }

    [Fact]
    public void A_damaged_key_file_is_named()
    {
        using var damaged = new TemporaryFolder();
        File.WriteAllText(damaged.File("token-signing.key"), "oops");

        Assert.Contains(
            "token-signing.key has 4 bytes",
            Assert.Throws<InvalidDataException>(() => Make(damaged.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_print_as_nothing()
    {
        var issued = _tokens.Issue(Dana);

        Assert.DoesNotContain("eyJ", $"{issued}", StringComparison.Ordinal);
    }

    public void Dispose() => _data.Dispose();

    private static Func<UserId, Task<Account?>> Find(Account? account) => _ => Task.FromResult(account);

    private AccessTokens Make(string dataFolder)
    {
        var options = Options.Create(new GatewayOptions { DataFolder = dataFolder });
        var signOuts = new SignOuts(
            new Lazy<ISignOutsGrain>(new SharedSignOuts()), options, _time, NullLogger<SignOuts>.Instance);
        return new AccessTokens(new TokenSigner(new SigningKey(options), _time), options, signOuts);
    }
}
