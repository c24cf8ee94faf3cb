using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Vrs.Gateway.Tokens;

/// <summary>
/// The key that signs tokens: the configured one, or one made at first start and kept in the data folder.
/// </summary>
public sealed class SigningKey
{
    private const int Length = 32;
    private const string FileName = "token-signing.key";

    /// <summary>Reads or makes the key.</summary>
    /// <param name="options">Where it is configured or kept.</param>
    /// <exception cref="InvalidDataException">The key's file is damaged.</exception>
    public SigningKey(IOptions<GatewayOptions> options)
    {
        Bytes = options.Value.SigningKey is { } configured
            ? Convert.FromBase64String(configured)
            : ReadOrMake(Path.Combine(options.Value.DataFolder, FileName));
        Id = Convert.ToHexStringLower(SHA256.HashData(Bytes).AsSpan(0, 4));
    }

    /// <summary>The key itself.</summary>
    public byte[] Bytes { get; }

    /// <summary>Names the key in tokens (<c>kid</c>), so that a changed key is recognised as such.</summary>
    public string Id { get; }

    private static byte[] ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            PrivateFile.WriteNew(path, RandomNumberGenerator.GetBytes(Length));
        }

        var bytes = File.ReadAllBytes(path);
        return bytes.Length == Length
            ? bytes
            : throw new InvalidDataException(
                $"{path} has {bytes.Length} bytes, not {Length}. Delete it for a new key; everybody signs in again.");
    }
}
