using Microsoft.Extensions.Logging;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Parsing;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Gateway.Sip.Transport;

/// <summary>
/// The log of one flow. Of a message it shows the start line, Call-ID, CSeq and Session-ID; never a body, credentials
/// or any other header.
/// </summary>
/// <param name="logger">The log.</param>
/// <param name="flow">The flow.</param>
/// <param name="mayLog">Whether a line that a stranger can bring about may be written now.</param>
internal sealed partial class SipTrace(ILogger logger, FlowId flow, Func<bool> mayLog)
{
    private const string NoSession = "-";

    public void Opened(FlowPeer peer)
    {
        if (mayLog())
        {
            LogOpened(logger, flow, peer.Address.ToString());
        }
    }

    public void Closed(FlowClose close)
    {
        // Networks fail every day; what a peer does wrong is worth a look.
        var wrong = close.Reason
            is FlowCloseReason.Unparsable or FlowCloseReason.TooLarge or FlowCloseReason.SlowClient;
        if (mayLog())
        {
            LogClosed(logger, wrong ? LogLevel.Warning : LogLevel.Information, flow, close.Reason, close.Detail);
        }
    }

    public void Received(SipMessage message)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            LogReceived(logger, flow, message.ToString()!, message.CallId, message.CSeq.ToString(), Session(message));
        }
    }

    public void Sent(SipMessage message)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            LogSent(logger, flow, message.ToString()!, message.CallId, message.CSeq.ToString(), Session(message));
        }
    }

    public void Malformed(SipParseError error)
    {
        if (mayLog())
        {
            LogMalformed(logger, flow, error.Reason, error.Offset, error.Disposition);
        }
    }

    public void Flooded(TimeSpan wait) => LogFlooded(logger, flow, (long)wait.TotalMilliseconds);

    public void HandlerFault(Exception fault) => LogHandlerFault(logger, fault, flow);

    // The identifier alone, without its parameters (RFC 7989 section 5), so that one search finds every line of a call.
    private static string Session(SipMessage message) =>
        message.Headers[HeaderNames.SessionId]?.Split(';')[0].Trim() ?? NoSession;

    [LoggerMessage(EventId = 100, EventName = "flow_opened", Level = LogLevel.Information,
        Message = "Flow {correlation_id} opened from {address}.")]
    private static partial void LogOpened(ILogger logger, FlowId correlation_id, string address);

    [LoggerMessage(EventId = 101, EventName = "flow_closed",
        Message = "Flow {correlation_id} closed: {reason}. {detail}")]
    private static partial void LogClosed(
        ILogger logger, LogLevel level, FlowId correlation_id, FlowCloseReason reason, string detail);

    [LoggerMessage(EventId = 102, EventName = "sip_received", Level = LogLevel.Debug,
        Message = "Flow {correlation_id} received {start_line}, Call-ID {call_id}, CSeq {cseq}, session {session_id}.")]
    private static partial void LogReceived(
        ILogger logger, FlowId correlation_id, string start_line, string call_id, string cseq, string session_id);

    [LoggerMessage(EventId = 103, EventName = "sip_sent", Level = LogLevel.Debug,
        Message = "Flow {correlation_id} sends {start_line}, Call-ID {call_id}, CSeq {cseq}, session {session_id}.")]
    private static partial void LogSent(
        ILogger logger, FlowId correlation_id, string start_line, string call_id, string cseq, string session_id);

    [LoggerMessage(EventId = 104, EventName = "sip_malformed", Level = LogLevel.Warning,
        Message = "Flow {correlation_id} received what is no SIP message: {reason} at byte {offset}; {disposition}.")]
    private static partial void LogMalformed(
        ILogger logger, FlowId correlation_id, string reason, int offset, ParseDisposition disposition);

    [LoggerMessage(EventId = 106, EventName = "flow_flooded", Level = LogLevel.Debug,
        Message = "Flow {correlation_id} sends more than it may; it is not read for {wait_ms} ms.")]
    private static partial void LogFlooded(ILogger logger, FlowId correlation_id, long wait_ms);

    [LoggerMessage(EventId = 105, EventName = "flow_fault", Level = LogLevel.Error,
        Message = "A handler of flow {correlation_id} failed; the flow goes on.")]
    private static partial void LogHandlerFault(ILogger logger, Exception fault, FlowId correlation_id);
}
