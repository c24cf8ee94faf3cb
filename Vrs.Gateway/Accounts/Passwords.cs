using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Accounts;

/// <summary>
/// Makes and checks password hashes. A check costs much processor time on purpose, so few run at once.
/// </summary>
public sealed class Passwords : IDisposable
{
    private const int WaitingMax = 200;

    private readonly ConcurrencyLimiter _turns = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Environment.ProcessorCount,
        QueueLimit = WaitingMax,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private readonly PasswordHasher<Account> _hasher;
    private readonly string _nobodysHash;

    /// <summary>Uses the configured number of iterations.</summary>
    public Passwords(IOptions<AccountsOptions> options)
    {
        _hasher = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions
        {
            IterationCount = options.Value.HashIterations,
        }));
        _nobodysHash = Hash(Guid.NewGuid().ToString());
    }

    /// <summary>Makes a hash with a new salt.</summary>
    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <summary>Whether the password is the one of this hash.</summary>
    public bool Matches(string hash, string password) =>
        _hasher.VerifyHashedPassword(null!, hash, password) != PasswordVerificationResult.Failed;

    /// <summary>Whether the password is this account's. For no account it takes the same work and says no.</summary>
    /// <returns>Null when too many checks wait already.</returns>
    public async Task<bool?> Check(Account? account, string password, CancellationToken cancellation)
    {
        using var turn = await _turns.AcquireAsync(1, cancellation);
        return turn.IsAcquired
            ? Matches(account?.PasswordHash ?? _nobodysHash, password) && account is not null
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();
}
