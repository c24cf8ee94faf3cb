using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Parsing;

/// <summary>
/// What has been read of a message so far, and the first fault found. Reading goes on behind a fault, since a request
/// can be answered once its Via, From, To, Call-ID and CSeq are known.
/// </summary>
internal sealed class MessageDraft(SipLimits limits)
{
    private readonly SipHeaders _headers = [];
    private readonly ImmutableArray<Via>.Builder _vias = ImmutableArray.CreateBuilder<Via>(1);
    private string? _fault;
    private int _faultOffset;
    private int _faultStatus;
    private readonly RefusalDraft _refusal = new();
    private NameAddress? _from;
    private NameAddress? _to;
    private string? _callId;
    private CSeq? _cseq;

    public bool IsResponse { get; set; }

    public SipMethod? Method { get; set; }

    public SipUri? RequestUri { get; set; }

    public int StatusCode { get; set; }

    public string ReasonPhrase { get; set; } = "";

    public byte[] Body { get; set; } = [];

    public int? ContentLength { get; private set; }

    public bool HasFault => _fault is not null;

    /// <summary>Notes a fault; only the first one counts.</summary>
    public void Fault(string reason, int offset, int status = SipStatus.BadRequest)
    {
        if (_fault is null)
        {
            (_fault, _faultOffset, _faultStatus) = (reason, offset, status);
        }
    }

    public void AddField(string name, string value, int offset)
    {
        _refusal.Add(name, value);
        switch (name)
        {
            case HeaderNames.Via:
                AddVias(value, offset);
                break;
            case HeaderNames.From:
                _from = ReadOnce(_from, name, value, offset);
                break;
            case HeaderNames.To:
                _to = ReadOnce(_to, name, value, offset);
                break;
            case HeaderNames.CallId:
                AddCallId(value, offset);
                break;
            case HeaderNames.CSeq:
                AddCSeq(value, offset);
                break;
            case HeaderNames.ContentLength:
                AddContentLength(value, offset);
                break;
            default:
                CheckValue(name, value, offset);
                _headers.AddReceived(name, value);
                break;
        }
    }

    /// <summary>The message, or the error.</summary>
    public SipParseError? Finish(out SipMessage? message)
    {
        message = null;
        var missing = Missing();
        if (missing is not null)
        {
            Fault($"The {missing} header is missing", 0);
        }

        if (!IsResponse && Method is { } method && _cseq is { } cseq && cseq.Method != method)
        {
            Fault("The CSeq method is not that of the request line", 0);
        }

        if (_fault is not null)
        {
            return Refuse();
        }

        message = IsResponse
            ? new SipResponse
            {
                StatusCode = StatusCode,
                ReasonPhrase = ReasonPhrase,
                Vias = _vias.DrainToImmutable(),
                From = _from!,
                To = _to!,
                CallId = _callId!,
                CSeq = _cseq!.Value,
                Headers = _headers,
                Body = Body,
            }
            : new SipRequest
            {
                Method = Method!.Value,
                RequestUri = RequestUri!,
                Vias = _vias.DrainToImmutable(),
                From = _from!,
                To = _to!,
                CallId = _callId!,
                CSeq = _cseq!.Value,
                Headers = _headers,
                Body = Body,
            };
        return null;
    }

    private SipParseError Refuse()
    {
        var isAck = (Method ?? _cseq?.Method) == SipMethod.Ack;
        if (_refusal.IsComplete && (IsResponse || isAck))
        {
            return new SipParseError(_fault!, _faultOffset, ParseDisposition.Discard, _faultStatus, default);
        }

        return _refusal.IsComplete
            ? new SipParseError(
                _fault!, _faultOffset, ParseDisposition.Answer, _faultStatus, _refusal.Write(_faultStatus, _fault!))
            : new SipParseError(_fault!, _faultOffset, ParseDisposition.Close, _faultStatus, default);
    }

    private string? Missing() =>
        _vias.Count == 0 ? HeaderNames.Via
        : _from is null ? HeaderNames.From
        : _to is null ? HeaderNames.To
        : _callId is null ? HeaderNames.CallId
        : _cseq is null ? HeaderNames.CSeq
        : null;

    private void AddVias(string value, int offset)
    {
        foreach (var text in SipText.SplitList(value))
        {
            if (_vias.Count == limits.Vias || !Via.TryParse(text, out var via) || TooLong(via.Branch))
            {
                Fault("A Via is malformed, or there are too many", offset);
                return;
            }

            _vias.Add(via);
        }
    }

    private NameAddress? ReadOnce(NameAddress? before, string name, string value, int offset)
    {
        if (before is not null)
        {
            Fault($"There is more than one {name} header", offset);
            return before;
        }

        if (!NameAddress.TryParse(value, out var address) || TooLong(address.Tag))
        {
            Fault($"The {name} header is malformed", offset);
            return null;
        }

        return address;
    }

    private void AddCallId(string value, int offset)
    {
        if (_callId is not null)
        {
            Fault("There is more than one Call-ID header", offset);
        }
        else if (!SipText.IsCallId(value) || TooLong(value))
        {
            Fault("The Call-ID header is malformed", offset);
        }
        else
        {
            _callId = value;
        }
    }

    private void AddCSeq(string value, int offset)
    {
        if (_cseq is not null)
        {
            Fault("There is more than one CSeq header", offset);
        }
        else if (!CSeq.TryParse(value, out var cseq))
        {
            Fault("The CSeq header is malformed", offset);
        }
        else
        {
            _cseq = cseq;
        }
    }

    private void AddContentLength(string value, int offset)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || (ContentLength is not null && ContentLength != length))
        {
            Fault("The Content-Length header is malformed or contradicts itself", offset);
            return;
        }

        ContentLength = length;
    }

    // Headers this server acts upon are checked here, so that nothing later meets one it can't read.
    private void CheckValue(string name, string value, int offset)
    {
        var valid = name switch
        {
            HeaderNames.MaxForwards => byte.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                && !_headers.Has(name),
            HeaderNames.Contact => value == "*" || IsAddressList(value),
            HeaderNames.Route or HeaderNames.RecordRoute or HeaderNames.Path => IsAddressList(value),
            HeaderNames.ContentType => !_headers.Has(name) && IsMediaType(value),
            HeaderNames.Authorization => Challenge.TryParse(value, out _),
            HeaderNames.RSeq => uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            _ => true,
        };
        if (!valid)
        {
            Fault($"The {name} header is malformed", offset);
        }
    }

    private static bool IsAddressList(string value)
    {
        var scanner = new ValueScanner(value);
        do
        {
            if (!NameAddressGrammar.TryRead(ref scanner, out _))
            {
                return false;
            }
        }
        while (scanner.TrySeparator(','));

        return scanner.AtEnd;
    }

    private static bool IsMediaType(string value)
    {
        var scanner = new ValueScanner(value);
        return !scanner.Token().IsEmpty
            && scanner.TrySeparator('/')
            && !scanner.Token().IsEmpty
            && scanner.TryParameters(out _)
            && scanner.AtEnd;
    }

    private bool TooLong(string? identifier) =>
        identifier is not null && Encoding.UTF8.GetByteCount(identifier) > limits.IdentifierBytes;
}
