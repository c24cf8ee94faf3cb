using System.Buffers.Binary;
using System.Text;

namespace Vrs.Tests.Integration.Otlp;

/// <summary>
/// A message of Protocol Buffers read by its wire format alone, so that what the exporter wrote is not read by the code
/// that wrote it.
/// </summary>
/// <param name="bytes">The message, complete.</param>
internal sealed class ProtoMessage(ReadOnlyMemory<byte> bytes)
{
    private readonly List<(int Number, ReadOnlyMemory<byte> Value)> _fields = [.. Read(bytes)];

    /// <summary>The messages in a field, in order.</summary>
    public IEnumerable<ProtoMessage> Messages(int number) => Values(number).Select(value => new ProtoMessage(value));

    /// <summary>The text in a field; empty when it is not there.</summary>
    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number).Span);

    /// <summary>The bytes in a field, in hexadecimal; empty when it is not there.</summary>
    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number).Span);

    /// <summary>A number of 64 bits; 0 when it is not there.</summary>
    public ulong Fixed64(int number) =>
        Bytes(number) is { Length: 8 } value ? BinaryPrimitives.ReadUInt64LittleEndian(value.Span) : 0;

    private ReadOnlyMemory<byte> Bytes(int number) => Values(number).LastOrDefault();

    private IEnumerable<ReadOnlyMemory<byte>> Values(int number) =>
        from field in _fields where field.Number == number select field.Value;

    private static IEnumerable<(int Number, ReadOnlyMemory<byte> Value)> Read(ReadOnlyMemory<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            var (tag, after) = Varint(rest);
            var start = after;
            var length = (tag & 7) switch
            {
                0 => after.Length - Varint(after).After.Length,
                1 => 8,
                2 => Prefixed(after, out start),
                5 => 4,
                var kind => throw new InvalidDataException($"There is no wire type {kind}."),
            };
            yield return ((int)(tag >> 3), start[..length]);
            rest = start[length..];
        }
    }

    private static int Prefixed(ReadOnlyMemory<byte> from, out ReadOnlyMemory<byte> start)
    {
        var (length, rest) = Varint(from);
        start = rest;
        return checked((int)length);
    }

    private static (ulong Value, ReadOnlyMemory<byte> After) Varint(ReadOnlyMemory<byte> from)
    {
        var value = 0UL;
        for (var i = 0; i < from.Length && i < 10; i++)
        {
            value |= (ulong)(from.Span[i] & 0x7F) << (7 * i);
            if (from.Span[i] < 0x80)
            {
                return (value, from[(i + 1)..]);
            }
        }

        throw new InvalidDataException("A number does not end.");
    }
}
