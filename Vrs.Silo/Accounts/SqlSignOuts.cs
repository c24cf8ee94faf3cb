using System.Collections.Immutable;
using Dapper;
using Vrs.Grains.Accounts;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Accounts;

/// <summary>
/// Sign-ins that are over, in the table <c>sign_outs</c>. Those whose tokens have ended by themselves are removed with
/// each new one, so there are as many as people sign out within the life of a refresh token.
/// </summary>
/// <param name="database">For reading.</param>
/// <param name="writer">For writing.</param>
/// <param name="time">The clock.</param>
internal sealed class SqlSignOuts(Database database, GroupCommitWriter writer, TimeProvider time) : ISignOutStore
{
    private const string Insert =
        "INSERT INTO sign_outs (sign_in, until_ms) VALUES (@p0, @p1) ON CONFLICT (sign_in) DO NOTHING";

    private const string Sweep = "DELETE FROM sign_outs WHERE until_ms < @p0";

    private const string Page =
        "SELECT number AS Number, sign_in AS SignIn, until_ms AS UntilMs FROM sign_outs "
        + "WHERE number > @number ORDER BY number LIMIT @count";

    /// <inheritdoc/>
    public async Task End(string signIn, DateTimeOffset until)
    {
        await writer.Write(new Statement(Insert, signIn, until.ToUnixTimeMilliseconds()));
        await writer.Write(new Statement(Sweep, time.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<EndedSignIn>> After(long number)
    {
        var rows = await database.Read(
            connection => connection.QueryAsync<Row>(Page, new { number, count = EndedSignIn.PageMax }));
        return [.. rows.Select(row => row.ToSignIn())];
    }

    private sealed record Row(long Number, string SignIn, long UntilMs)
    {
        public EndedSignIn ToSignIn() => new(Number, SignIn, DateTimeOffset.FromUnixTimeMilliseconds(UntilMs));
    }
}
