using System.Security.Cryptography;

namespace Vrs.Gateway.Sip.Transactions;

/// <summary>Identifiers nobody can guess: 80 random bits in hexadecimal.</summary>
public sealed class RandomIdentifiers : ISipIdentifiers
{
    public string Next() => RandomNumberGenerator.GetHexString(20, lowercase: true);
}
