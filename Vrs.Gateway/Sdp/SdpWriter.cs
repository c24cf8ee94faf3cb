using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Vrs.Gateway.Sdp;

/// <summary>Writes a session description (RFC 8866); every line ends in CRLF.</summary>
public static class SdpWriter
{
    /// <summary>The description as text.</summary>
    public static string Write(SessionDescription description)
    {
        var text = new StringBuilder();
        Append(text, description.Lines);
        foreach (var media in description.Media)
        {
            text.Append("m=").Append(media.Kind)
                .Append(' ').Append(media.Port.ToString(CultureInfo.InvariantCulture));
            if (media.PortCount != 1)
            {
                text.Append('/').Append(media.PortCount.ToString(CultureInfo.InvariantCulture));
            }

            text.Append(' ').Append(media.Protocol).Append(' ').AppendJoin(' ', media.Formats).Append("\r\n");
            Append(text, media.Lines);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ImmutableArray<SdpLine> lines)
    {
        foreach (var line in lines)
        {
            text.Append(line.Type).Append('=').Append(line.Value).Append("\r\n");
        }
    }
}
