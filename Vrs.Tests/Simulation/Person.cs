using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Tests.Simulation;

/// <summary>Somebody who calls and is called.</summary>
/// <param name="User">Her account.</param>
/// <param name="Number">Her number.</param>
/// <param name="IsDeaf">Whether she is Deaf; else she hears, and has a phone.</param>
/// <param name="Pool">The pool that serves her, when she is Deaf.</param>
internal sealed record Person(UserId User, string Number, bool IsDeaf, PoolId Pool)
{
    public AccountRole Role => IsDeaf ? AccountRole.Caller : AccountRole.Phone;
}
