namespace Vrs.Grains.Interfaces.Accounts;

/// <summary>What an account may do; also the <c>actor_role</c> of log lines.</summary>
[GenerateSerializer, Alias("vrs.AccountRole")]
public enum AccountRole
{
    /// <summary>A Deaf person who calls and is called.</summary>
    Caller,

    /// <summary>A sign-language interpreter.</summary>
    Interpreter,

    /// <summary>A hearing person's phone.</summary>
    Phone,

    /// <summary>Somebody who sees and steers the service.</summary>
    Operator,

    /// <summary>Somebody who reads the audit trail and nothing else.</summary>
    Auditor,
}
