using System.Net;
using Vrs.Gateway.Admission;

namespace Vrs.Gateway.Accounts;

/// <summary>
/// Slows down guessing: after some wrong passwords for one account from one place, or many from one place, the next
/// attempt has to wait, each time longer. Sign-ins that succeed cost nothing. A place is an address, or a browser that
/// signed in before, which so does not wait for what others at its address do.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class SignInThrottle(TimeProvider time)
{
    /// <summary>Wrong passwords for one account from one place before the first wait.</summary>
    public const int FreePerUser = 5;

    /// <summary>Wrong passwords and forged tokens from one place before the first wait.</summary>
    public const int FreePerAddress = 50;

    /// <summary>The longest wait, and how long failures are remembered.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private const int EntriesMax = 10_000;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Failures> _failures = new(StringComparer.Ordinal);

    /// <summary>A place, by what names it.</summary>
    public static string PlaceOf(IPAddress? address, KnownDevice? device) =>
        device is null ? Site.Of(address).ToString() : $"device {device.Device}";

    /// <summary>How long the next attempt has to wait; zero when it may be made now.</summary>
    public TimeSpan Wait(string place, string user)
    {
        lock (_lock)
        {
            return Left(Max(Until(place, FreePerAddress), Until(Pair(place, user), FreePerUser)));
        }
    }

    /// <summary>
    /// Whether this is the first attempt that is refused in the wait an account and a place are in: that one is put on
    /// record, and not each of a flood.
    /// </summary>
    public bool IsFirstRefusal(string place, string user)
    {
        lock (_lock)
        {
            var pair = Pair(place, user);
            var key = Until(pair, FreePerUser) > Until(place, FreePerAddress) ? pair : place;
            if (!_failures.TryGetValue(key, out var failures) || failures.IsTold)
            {
                return false;
            }

            _failures[key] = failures with { IsTold = true };
            return true;
        }
    }

    /// <summary>How long an address has to wait, whoever it is there; zero when it need not.</summary>
    public TimeSpan Wait(IPAddress address)
    {
        lock (_lock)
        {
            return Left(Until(PlaceOf(address, device: null), FreePerAddress));
        }
    }

    /// <summary>Notes a forged token: a guess at nobody in particular.</summary>
    public void Failed(IPAddress address)
    {
        lock (_lock)
        {
            Forget();
            Count(PlaceOf(address, device: null));
        }
    }

    /// <summary>Notes a wrong password.</summary>
    public void Failed(string place, string user)
    {
        lock (_lock)
        {
            Forget();
            Count(place);
            Count(Pair(place, user));
        }
    }

    /// <summary>Notes a right password: the account's failures from this place are forgotten.</summary>
    public void Succeeded(string place, string user)
    {
        lock (_lock)
        {
            _failures.Remove(Pair(place, user));
        }
    }

    private static string Pair(string place, string user) => $"{place} {user}";

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private TimeSpan Left(DateTimeOffset until)
    {
        var wait = until - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

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

    private readonly record struct Failures(int Count, DateTimeOffset Last, bool IsTold = false);
}
