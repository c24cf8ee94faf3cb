using System.Text;

namespace Vrs.Tests.Gateway.Fuzz;

/// <summary>Spoils messages in ways that parsers get wrong; the same seed spoils the same way.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> corpus)
{
    private static readonly string[] Dictionary =
    [
        "\r\n", "\r\n ", "\r\n\r\n", "\r", "\n", "\0", "\"", "\\", "<", ">", ";", ",", "=", ":", "@", "?", "%", "%00",
        "[", "]", "[::1]", "sip:", "sips:", "tel:", "SIP/2.0", " ", "\t", "z9hG4bK", ";tag=", ";branch=",
        "Content-Length: ",
        "Content-Length: 99999999999", "-1", "4294967296", "18446744073709551616", "l:1", "v:", "f:", "Via: ", "*",
        "é", "大",        "\u0000", "\u007f", "INVITE", "ACK", "CSeq: 1 ACK", "\"\\",
    ];

    private readonly Random _random = new(seed);

    /// <summary>One message of the corpus, spoilt one to eight times.</summary>
    public byte[] Next()
    {
        var bytes = corpus[_random.Next(corpus.Count)].ToList();
        for (var times = _random.Next(1, 9); times > 0; times--)
        {
            Spoil(bytes);
        }

        return [.. bytes];
    }

    private void Spoil(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(_random.Next(1, 40), bytes.Count - at);
        switch (_random.Next(8))
        {
            case 0 when length > 0:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 1 when length > 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                bytes.InsertRange(at, Enumerable.Repeat((byte)_random.Next(32, 127), _random.Next(1, 3000)));
                break;
            case 6:
                Splice(bytes, at);
                break;
            default:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Dictionary[_random.Next(Dictionary.Length)]));
                break;
        }
    }

    private void Splice(List<byte> bytes, int at)
    {
        var other = corpus[_random.Next(corpus.Count)];
        var from = _random.Next(other.Length);
        bytes.InsertRange(at, other.Skip(from).Take(_random.Next(1, 400)));
    }
}
