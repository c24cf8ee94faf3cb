using System.Buffers;
using System.Globalization;
using System.Text;
using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Parsing;

/// <summary>A message to bytes (RFC 3261 section 7). Content-Length is always there and always right.</summary>
public static class SipWriter
{
    private const int UsualBytes = 8 * 1024;

    // Where a message grows before its size is known; larger ones are not kept.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    /// <summary>The message as one array.</summary>
    public static byte[] ToBytes(SipMessage message)
    {
        var buffer = _scratch ?? new ArrayBufferWriter<byte>(UsualBytes);
        Write(message, buffer);
        var bytes = buffer.WrittenSpan.ToArray();
        buffer.ResetWrittenCount();
        _scratch = buffer.Capacity <= 2 * UsualBytes ? buffer : null;
        return bytes;
    }

    /// <summary>Appends the message to a buffer.</summary>
    public static void Write(SipMessage message, IBufferWriter<byte> buffer)
    {
        var output = new LineWriter(buffer);
        switch (message)
        {
            case SipRequest request:
                output.Text(request.Method.Name);
                output.Text(" ");
                output.Text(request.RequestUri.Text);
                output.Text(" SIP/2.0\r\n");
                break;
            case SipResponse response:
                output.Text("SIP/2.0 ");
                output.Number(response.StatusCode);
                output.Text(" ");
                output.Text(response.ReasonPhrase);
                output.Text("\r\n");
                break;
        }

        foreach (var via in message.Vias)
        {
            output.Text("Via: SIP/2.0/");
            output.Text(via.Transport);
            output.Text(" ");
            output.Text(via.Host);
            if (via.Port is { } port)
            {
                output.Text(":");
                output.Number(port);
            }

            output.Parameters(via.Parameters);
            output.Text("\r\n");
        }

        output.Address(HeaderNames.From, message.From);
        output.Address(HeaderNames.To, message.To);
        output.Field(HeaderNames.CallId, message.CallId);
        output.Text("CSeq: ");
        output.Number(message.CSeq.Number);
        output.Text(" ");
        output.Text(message.CSeq.Method.Name);
        output.Text("\r\n");
        foreach (var header in message.Headers.Items)
        {
            output.Field(header.Name, header.Value);
        }

        output.Text("Content-Length: ");
        output.Number(message.Body.Length);
        output.Text("\r\n\r\n");
        buffer.Write(message.Body.Span);
    }

    private readonly ref struct LineWriter(IBufferWriter<byte> buffer)
    {
        public void Text(string text)
        {
            var span = buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
            buffer.Advance(Encoding.UTF8.GetBytes(text, span));
        }

        public void Number(long number)
        {
            var span = buffer.GetSpan(20);
            number.TryFormat(span, out var written, default, CultureInfo.InvariantCulture);
            buffer.Advance(written);
        }

        public void Field(string name, string value)
        {
            Text(name);
            Text(": ");
            Text(value);
            Text("\r\n");
        }

        public void Address(string name, NameAddress address)
        {
            Text(name);
            Text(": ");
            if (!string.IsNullOrEmpty(address.DisplayName))
            {
                Text(SipText.Quote(address.DisplayName));
                Text(" ");
            }

            Text("<");
            Text(address.Uri.Text);
            Text(">");
            Parameters(address.Parameters);
            Text("\r\n");
        }

        public void Parameters(SipParameters parameters)
        {
            foreach (var item in parameters.Items)
            {
                Text(";");
                Text(item.Name);
                if (item.Value is not null)
                {
                    Text("=");
                    Text(item.Value);
                }
            }
        }
    }
}
