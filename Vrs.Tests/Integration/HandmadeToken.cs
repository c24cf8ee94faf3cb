using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Vrs.Tests.Integration;

/// <summary>A JSON Web Token made by hand, for what the server itself would never issue.</summary>
internal static class HandmadeToken
{
    /// <summary>An access token, signed with this key.</summary>
    public static string Make(
        byte[] key, string user, DateTimeOffset expires, string algorithm = "HS256", string role = "caller")
    {
        var header = Encode(new { alg = algorithm, typ = "JWT" });
        var payload = Encode(new
        {
            iss = "vrs",
            aud = "vrs-access",
            sub = user,
            sid = "0123456789abcdef",
            role,
            iat = expires.AddMinutes(-10).ToUnixTimeSeconds(),
            exp = expires.ToUnixTimeSeconds(),
        });
        var signed = Encoding.ASCII.GetBytes($"{header}.{payload}");
        var signature = algorithm == "none" ? [] : HMACSHA256.HashData(key, signed);
        return $"{header}.{payload}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
