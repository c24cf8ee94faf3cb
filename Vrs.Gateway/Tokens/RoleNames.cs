using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Tokens;

/// <summary>Roles as they are written in tokens, JSON, log lines and authorization policies.</summary>
public static class RoleNames
{
    /// <summary>A Deaf caller.</summary>
    public const string Caller = "caller";

    /// <summary>A sign-language interpreter.</summary>
    public const string Interpreter = "interpreter";

    /// <summary>A hearing person's phone.</summary>
    public const string Phone = "phone";

    /// <summary>Somebody who sees and steers the service.</summary>
    public const string Operator = "operator";

    /// <summary>Somebody who reads the audit trail and nothing else.</summary>
    public const string Auditor = "auditor";

    /// <summary>The written form of a role.</summary>
    public static string ToName(AccountRole role) => role switch
    {
        AccountRole.Caller => Caller,
        AccountRole.Interpreter => Interpreter,
        AccountRole.Phone => Phone,
        AccountRole.Operator => Operator,
        AccountRole.Auditor => Auditor,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No such role."),
    };

    /// <summary>The role written so, or null when there is none.</summary>
    public static AccountRole? FromName(string name) => name switch
    {
        Caller => AccountRole.Caller,
        Interpreter => AccountRole.Interpreter,
        Phone => AccountRole.Phone,
        Operator => AccountRole.Operator,
        Auditor => AccountRole.Auditor,
        _ => null,
    };
}
