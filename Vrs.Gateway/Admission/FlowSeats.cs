using System.Net;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Accounts;
using Vrs.Gateway.Sip.Transport;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Admission;

/// <summary>
/// The SIP connections that one address may have with nobody signed in, and those that one account may have.
/// </summary>
public sealed class FlowSeats(IOptions<FlowOptions> options)
{
    private readonly SeatTable<IPAddress> _strangers = new(options.Value.MaxStrangersPerAddress);
    private readonly SeatTable<UserId> _accounts = new(options.Value.MaxFlowsPerAccount);

    /// <summary>A seat for a new connection; null when there is none left for who asks.</summary>
    public IDisposable? Enter(Asker asker) =>
        asker.Account is { } account ? _accounts.Enter(account) : _strangers.Enter(Site.Of(asker.Address));
}

/// <summary>
/// What one connection takes of what all share: its seat, its messages, its bytes. At first it answers for its address,
/// or for the account that its browser has signed in with before; then for the account that signed in on it.
/// </summary>
/// <param name="admittance">How much is taken from whom.</param>
/// <param name="seats">The seats.</param>
/// <param name="throttle">Remembers who guesses.</param>
/// <param name="asker">Who opened the connection.</param>
/// <param name="seat">Its seat, which this disposes of.</param>
public sealed class FlowGate(
    Admittance admittance, FlowSeats seats, SignInThrottle throttle, Asker asker, IDisposable seat) : IDisposable
{
    private readonly Lock _lock = new();
    private Asker _asker = asker;
    private IDisposable _seat = seat;
    private bool _over;

    /// <summary>Somebody signed in on it. False when her account has too many connections.</summary>
    public bool BelongTo(UserId account)
    {
        lock (_lock)
        {
            if (_asker.Account == account)
            {
                return true;
            }

            var known = _asker with { Account = account };
            if (_over || seats.Enter(known) is not { } better)
            {
                return false;
            }

            _seat.Dispose();
            (_asker, _seat) = (known, better);
            return true;
        }
    }

    /// <summary>Whether a request may be answered now; else after how long.</summary>
    public TimeSpan Ask(AdmissionKind kind) => admittance.Ask(kind, Asker);

    /// <summary>Counts a message that came.</summary>
    /// <returns>How long to wait before it is handled and the next one read.</returns>
    public TimeSpan ReadMessage() => admittance.Draw(AdmissionKind.Message, Asker, amount: 1);

    /// <summary>Counts bytes that came, of whatever: also those of a message that is too large to be handled.</summary>
    /// <returns>How long to wait before more are read.</returns>
    public TimeSpan ReadBytes(int count) => admittance.Draw(AdmissionKind.Byte, Asker, count);

    /// <summary>Whether a line about the connection may be logged now.</summary>
    public bool MayLog() => admittance.MayLog(Asker);

    /// <summary>A token came that this service never made: a guess.</summary>
    public void Guessed() => throttle.Failed(Asker.Address);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _over = true;
            _seat.Dispose();
        }
    }

    private Asker Asker
    {
        get
        {
            lock (_lock)
            {
                return _asker;
            }
        }
    }
}
