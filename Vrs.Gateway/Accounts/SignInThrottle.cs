namespace Vrs.Gateway.Accounts;

/// <summary>
/// Slows down guessing: after some wrong passwords for one account from one address, or many from one address, the
/// next attempt has to wait, each time longer. Sign-ins that succeed cost nothing.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class SignInThrottle(TimeProvider time)
{
    /// <summary>Wrong passwords for one account from one address before the first wait.</summary>
    public const int FreePerUser = 5;

    /// <summary>Wrong passwords from one address before the first wait.</summary>
    public const int FreePerAddress = 50;

    /// <summary>The longest wait, and how long failures are remembered.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private const int EntriesMax = 10_000;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Failures> _failures = new(StringComparer.Ordinal);

    /// <summary>How long the next attempt has to wait; zero when it may be made now.</summary>
    public TimeSpan Wait(string address, string user)
    {
        lock (_lock)
        {
            var until = Max(Until(address, FreePerAddress), Until(Pair(address, user), FreePerUser));
            var wait = until - time.GetUtcNow();
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }

    /// <summary>Notes a wrong password.</summary>
    public void Failed(string address, string user)
    {
        lock (_lock)
        {
            Forget();
            Count(address);
            Count(Pair(address, user));
        }
    }

    /// <summary>Notes a right password: the account's failures from this address are forgotten.</summary>
    public void Succeeded(string address, string user)
    {
        lock (_lock)
        {
            _failures.Remove(Pair(address, user));
        }
    }

    private static string Pair(string address, string user) => $"{address} {user}";

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private DateTimeOffset Until(string key, int free)
    {
        if (!_failures.TryGetValue(key, out var failures) || failures.Count < free)
        {
            return DateTimeOffset.MinValue;
        }

        var doublings = Math.Min(failures.Count - free, 10);
        var wait = Shortest * Math.Pow(2, doublings);
        return failures.Last + (wait < Longest ? wait : Longest);
    }

    private void Count(string key)
    {
        var now = time.GetUtcNow();
        var before = _failures.TryGetValue(key, out var failures) && failures.Last > now - Longest ? failures.Count : 0;
        _failures[key] = new Failures(before + 1, now);
    }

    private void Forget()
    {
        if (_failures.Count < EntriesMax)
        {
            return;
        }

        var old = time.GetUtcNow() - Longest;
        foreach (var (key, failures) in _failures.Where(f => f.Value.Last < old).ToList())
        {
            _failures.Remove(key);
        }

        // Somebody tries so many names at once that remembering them all would cost more than it protects.
        if (_failures.Count >= EntriesMax)
        {
            _failures.Clear();
        }
    }

    private readonly record struct Failures(int Count, DateTimeOffset Last);
}
