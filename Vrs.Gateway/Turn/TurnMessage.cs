using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Vrs.Gateway.Turn;

/// <summary>
/// As much of STUN (RFC 8489) and TURN (RFC 8656) as it takes to ask a server for a relay and give it back.
/// </summary>
/// <param name="Type">Method and class.</param>
/// <param name="Transaction">96 random bits.</param>
/// <param name="Attributes">Type and value, in order.</param>
internal sealed record TurnMessage(
    ushort Type, byte[] Transaction, IReadOnlyList<(ushort Type, byte[] Value)> Attributes)
{
    public const ushort Allocate = 0x0003;
    public const ushort Refresh = 0x0004;
    public const ushort Success = 0x0100;
    public const ushort Username = 0x0006;
    public const ushort Integrity = 0x0008;
    public const ushort ErrorCode = 0x0009;
    public const ushort Lifetime = 0x000D;
    public const ushort Realm = 0x0014;
    public const ushort Nonce = 0x0015;
    public const ushort RelayedAddress = 0x0016;
    public const ushort RequestedTransport = 0x0019;
    public const int HeaderBytes = 20;

    private const uint Cookie = 0x2112A442;
    private const int TransactionBytes = 12;
    private const int IntegrityBytes = 20;

    /// <summary>A request with a transaction of its own.</summary>
    public static TurnMessage Request(ushort method, params (ushort Type, byte[] Value)[] attributes) =>
        new(method, RandomNumberGenerator.GetBytes(TransactionBytes), attributes);

    /// <summary>The value of an attribute, or null.</summary>
    public byte[]? Find(ushort attribute) => Attributes.FirstOrDefault(one => one.Type == attribute).Value;

    /// <summary>The code of an error response, or 0.</summary>
    public int Error => Find(ErrorCode) is { Length: >= 4 } value ? (value[2] * 100) + value[3] : 0;

    /// <summary>The bytes on the wire, signed when there is a key.</summary>
    public byte[] ToBytes(byte[]? key = null)
    {
        var bytes = new List<byte>(new byte[HeaderBytes]);
        foreach (var (type, value) in Attributes)
        {
            Append(bytes, type, value);
        }

        if (key is not null)
        {
            // The length that is signed covers the signature too (RFC 8489 section 14.5).
            WriteHeader(bytes, bytes.Count - HeaderBytes + 4 + IntegrityBytes);
            Append(bytes, Integrity, Sign(key, [.. bytes]));
        }

        WriteHeader(bytes, bytes.Count - HeaderBytes);
        return [.. bytes];
    }

    /// <summary>Reads a message; null when these bytes are none.</summary>
    public static TurnMessage? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes
            || BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) != Cookie
            || LengthOf(bytes) != bytes.Length)
        {
            return null;
        }

        var attributes = new List<(ushort, byte[])>();
        for (var at = HeaderBytes; at + 4 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (at + 4 + length > bytes.Length)
            {
                return null;
            }

            attributes.Add(
                (BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]), bytes.Slice(at + 4, length).ToArray()));
            at += 4 + Padded(length);
        }

        return new TurnMessage(
            BinaryPrimitives.ReadUInt16BigEndian(bytes), bytes[8..HeaderBytes].ToArray(), attributes);
    }

    /// <summary>The whole length of the message that begins with this header.</summary>
    public static int LengthOf(ReadOnlySpan<byte> header) =>
        HeaderBytes + BinaryPrimitives.ReadUInt16BigEndian(header[2..]);

    /// <summary>The key of long-term credentials (RFC 8489 section 9.2.2).</summary>
    [SuppressMessage(
        "Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "TURN fixes the algorithm.")]
    public static byte[] KeyOf(string user, byte[] realm, string password) =>
        MD5.HashData([.. Encoding.UTF8.GetBytes($"{user}:"), .. realm, .. Encoding.UTF8.GetBytes($":{password}")]);

    [SuppressMessage(
        "Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "TURN fixes the algorithm.")]
    private static byte[] Sign(byte[] key, byte[] bytes) => HMACSHA1.HashData(key, bytes);

    private static int Padded(int length) => (length + 3) & ~3;

    private static void Append(List<byte> bytes, ushort type, byte[] value)
    {
        bytes.AddRange([(byte)(type >> 8), (byte)type, (byte)(value.Length >> 8), (byte)value.Length]);
        bytes.AddRange(value);
        bytes.AddRange(new byte[Padded(value.Length) - value.Length]);
    }

    private void WriteHeader(List<byte> bytes, int length)
    {
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteUInt16BigEndian(header, Type);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)length);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), Cookie);
        Transaction.CopyTo(header, 8);
        for (var at = 0; at < HeaderBytes; at++)
        {
            bytes[at] = header[at];
        }
    }
}
