using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Parsing;

/// <summary>
/// Bytes to a message, or to the reason why not (RFC 3261 section 7, framed as RFC 7118 says: one message, the whole
/// input). Never throws on input, and allocates no more than the limits allow.
/// </summary>
public static class SipParser
{
    // Control characters but the tab; in a value they are legal only behind a backslash (quoted-pair, section 25.1).
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create(
            [.. Enumerable.Range(0, 32).Append(127).Where(unit => unit != '\t').Select(unit => (byte)unit)]);

    /// <summary>Reads one message.</summary>
    /// <param name="data">The input; copied where it is kept.</param>
    /// <param name="message">The message, on success.</param>
    /// <param name="error">Why not, otherwise.</param>
    /// <param name="limits">Bounds; the default ones when null.</param>
    /// <param name="cut">The input is only the beginning of something larger than the limit: answered 513.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> data,
        [NotNullWhen(true)] out SipMessage? message,
        [NotNullWhen(false)] out SipParseError? error,
        SipLimits? limits = null,
        bool cut = false)
    {
        limits ??= SipLimits.Default;
        message = null;
        var draft = new MessageDraft(limits);
        if (cut || data.Length > limits.MessageBytes)
        {
            draft.Fault(
                "The message is larger than this server accepts", limits.MessageBytes, SipStatus.MessageTooLarge);
            data = data[..Math.Min(data.Length, limits.MessageBytes)];
        }

        var start = SkipLineBreaks(data);
        var length = data[start..].IndexOf("\r\n\r\n"u8);
        if (length < 0)
        {
            draft.Fault("The header ends without an empty line", data.Length);
        }

        var head = length < 0 ? data[start..] : data.Slice(start, length + 2);
        if (!Utf8.IsValid(head))
        {
            draft.Fault("The header is not UTF-8", start);
        }

        ReadHead(head, start, limits, draft);
        if (!draft.HasFault)
        {
            draft.Body = TakeBody(data[(start + head.Length + 2)..], start + head.Length + 2, draft);
        }

        error = draft.Finish(out message);
        return error is null;
    }

    // Section 7.5: empty lines before the start line are to be ignored.
    private static int SkipLineBreaks(ReadOnlySpan<byte> data)
    {
        var start = 0;
        while (data[start..].StartsWith("\r\n"u8))
        {
            start += 2;
        }

        return start;
    }

    private static void ReadHead(ReadOnlySpan<byte> head, int offset, SipLimits limits, MessageDraft draft)
    {
        var lineEnd = LineEnd(head);
        StartLine.Read(head[..lineEnd], offset, limits, draft);
        CheckCharacters(head[..lineEnd], offset, draft);
        var position = NextLine(head, lineEnd);
        for (var fields = 0; position < head.Length; fields++)
        {
            if (fields == limits.Headers)
            {
                draft.Fault("There are too many header fields", offset + position);
                return;
            }

            var length = FieldLength(head[position..], out var folded);
            var field = head.Slice(position, length);
            if (length > limits.HeaderBytes)
            {
                draft.Fault("A header field is too long", offset + position);
            }
            else
            {
                ReadField(field, folded, offset + position, draft);
            }

            position = NextLine(head, position + length);
        }
    }

    private static int LineEnd(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf("\r\n"u8);
        return end < 0 ? text.Length : end;
    }

    private static int NextLine(ReadOnlySpan<byte> head, int lineEnd) => Math.Min(head.Length, lineEnd + 2);

    // A field goes on as long as lines begin with white space (section 7.3.1).
    private static int FieldLength(ReadOnlySpan<byte> text, out bool folded)
    {
        folded = false;
        var length = LineEnd(text);
        while (length + 2 < text.Length && text[length + 2] is (byte)' ' or (byte)'\t')
        {
            folded = true;
            length += 2 + LineEnd(text[(length + 2)..]);
        }

        return length;
    }

    private static void ReadField(ReadOnlySpan<byte> field, bool folded, int offset, MessageDraft draft)
    {
        var colon = field.IndexOf((byte)':');
        var name = colon < 0 ? default : field[..colon].TrimEnd(" \t"u8);
        if (name.IsEmpty || name.ContainsAnyExcept(SipText.TokenBytes))
        {
            draft.Fault("A header line has no valid name", offset);
            return;
        }

        var value = field[(colon + 1)..];
        if (!folded)
        {
            CheckCharacters(value, offset, draft);
            draft.AddField(HeaderNames.Canonical(name), Encoding.UTF8.GetString(value.Trim(" \t"u8)), offset);
            return;
        }

        var unfolded = ArrayPool<byte>.Shared.Rent(value.Length);
        var length = Unfold(value, unfolded);
        CheckCharacters(unfolded.AsSpan(0, length), offset, draft);
        var text = Encoding.UTF8.GetString(unfolded.AsSpan(0, length).Trim(" \t"u8));
        ArrayPool<byte>.Shared.Return(unfolded);
        draft.AddField(HeaderNames.Canonical(name), text, offset);
    }

    // A line break and the white space behind it count as one space.
    private static int Unfold(ReadOnlySpan<byte> value, Span<byte> unfolded)
    {
        var length = 0;
        while (!value.IsEmpty)
        {
            var end = LineEnd(value);
            value[..end].CopyTo(unfolded[length..]);
            length += end;
            if (end == value.Length)
            {
                break;
            }

            unfolded[length++] = (byte)' ';
            value = value[(end + 2)..].TrimStart(" \t"u8);
        }

        return length;
    }

    private static void CheckCharacters(ReadOnlySpan<byte> text, int offset, MessageDraft draft)
    {
        var position = 0;
        for (var at = text.IndexOfAny(Controls); at >= 0;)
        {
            position += at;
            if (text[position] is (byte)'\r' or (byte)'\n' || position == 0 || text[position - 1] != '\\')
            {
                draft.Fault("A line holds a control character", offset + position);
                return;
            }

            position++;
            at = text[position..].IndexOfAny(Controls);
        }
    }

    // RFC 7118 section 4: a WebSocket message holds one SIP message, so Content-Length may be absent, never wrong.
    private static byte[] TakeBody(ReadOnlySpan<byte> rest, int offset, MessageDraft draft)
    {
        if (draft.ContentLength is { } declared && declared != rest.Length)
        {
            draft.Fault(
                declared > rest.Length
                    ? "Content-Length is more than the body"
                    : "There is content beyond Content-Length",
                offset);
            return [];
        }

        return rest.IsEmpty ? [] : rest.ToArray();
    }
}
