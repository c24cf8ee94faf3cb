using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Vrs.Gateway.Sdp;

/// <summary>
/// Reads a session description (RFC 8866). Never throws on input and keeps every line as it came, so that what was
/// read is
/// written back unchanged. Lines may end in CRLF or LF.
/// </summary>
public static class SdpParser
{
    // RFC 8866 section 5: the order of type letters. Equal places may mix (t and r repeat together).
    private const string SessionOrder = "vosiuepcbtzka";
    private const string MediaOrder = "icbka";
    private const string MandatoryTypes = "vost";

    /// <summary>Reads the text; false with the first fault found when it is no session description.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out SessionDescription? description,
        [NotNullWhen(false)] out SdpParseError? error)
    {
        description = null;
        if (text.Length > SdpLimits.MaxLength)
        {
            error = new SdpParseError(SdpFault.TooLong, 1);
            return false;
        }

        var reading = new Reading();
        var number = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var raw = WithoutReturn(text.AsSpan(range));
            if (raw.IsEmpty)
            {
                continue;
            }

            var fault = number > SdpLimits.MaxLines ? SdpFault.TooManyLines : reading.Take(raw);
            if (fault is not null)
            {
                error = new SdpParseError(fault.Value, number);
                return false;
            }
        }

        if (!reading.IsComplete)
        {
            error = new SdpParseError(SdpFault.Missing, number);
            return false;
        }

        error = null;
        description = reading.Finish();
        return true;
    }

    private static ReadOnlySpan<char> WithoutReturn(ReadOnlySpan<char> line) =>
        line.EndsWith('\r') ? line[..^1] : line;

    private static bool TryParseMediaLine(string value, [NotNullWhen(true)] out MediaDescription? media)
    {
        media = null;
        var words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4)
        {
            return false;
        }

        var slash = words[1].IndexOf('/', StringComparison.Ordinal);
        ushort count = 1;
        if (!TryNumber(slash < 0 ? words[1] : words[1][..slash], out var port)
            || (slash >= 0 && !TryNumber(words[1][(slash + 1)..], out count)))
        {
            return false;
        }

        media = new MediaDescription(words[0], port, count, words[2], [.. words.AsSpan(3)], []);
        return true;
    }

    private static bool TryNumber(string text, out ushort number) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>The description as far as it has been read.</summary>
    private sealed class Reading
    {
        private readonly List<SdpLine> _lines = [];
        private readonly List<MediaDescription> _media = [];
        private ImmutableArray<SdpLine> _session;
        private MediaDescription? _section;
        private string _order = SessionOrder;
        private int _place;

        public bool IsComplete => MandatoryTypes.All(type => SessionLines.Any(line => line.Type == type));

        private IEnumerable<SdpLine> SessionLines => _section is null ? _lines : _session;

        public SdpFault? Take(ReadOnlySpan<char> raw)
        {
            if (raw.Length > SdpLimits.MaxLineLength)
            {
                return SdpFault.LineTooLong;
            }

            if (raw.Length < 2 || raw[1] != '=')
            {
                return SdpFault.NotALine;
            }

            foreach (var character in raw)
            {
                if (char.IsControl(character) && character != '\t')
                {
                    return SdpFault.BadCharacter;
                }
            }

            var line = new SdpLine(raw[0], raw[2..].ToString());
            return line.Type == 'm' ? TakeMedia(line) : TakeOther(line);
        }

        public SessionDescription Finish()
        {
            CloseSection();
            return new SessionDescription(_session, [.. _media]);
        }

        private SdpFault? TakeMedia(SdpLine line)
        {
            if (!IsComplete)
            {
                return SdpFault.Missing;
            }

            CloseSection();
            if (_media.Count == SdpLimits.MaxMedia)
            {
                return SdpFault.TooManyMedia;
            }

            if (!TryParseMediaLine(line.Value, out _section))
            {
                return SdpFault.BadMediaLine;
            }

            _order = MediaOrder;
            _place = 0;
            return _section.Formats.Length > SdpLimits.MaxFormats ? SdpFault.TooManyFormats : null;
        }

        private SdpFault? TakeOther(SdpLine line)
        {
            // r= repeats belong to the t= line above them.
            var place = _order.IndexOf(line.Type == 'r' ? 't' : line.Type, StringComparison.Ordinal);
            if (place < _place)
            {
                return SdpFault.OutOfOrder;
            }

            _place = place;
            if (line.Type == 'v' && line.Value != "0")
            {
                return SdpFault.WrongVersion;
            }

            if (line.Type == 'a' && line.AttributeName.IsEmpty)
            {
                return SdpFault.BadAttribute;
            }

            _lines.Add(line);
            return _lines[0].Type == 'v' || _section is not null ? null : SdpFault.WrongVersion;
        }

        private void CloseSection()
        {
            if (_section is null)
            {
                _session = [.. _lines];
            }
            else
            {
                _media.Add(_section with { Lines = [.. _lines] });
            }

            _lines.Clear();
        }
    }
}
