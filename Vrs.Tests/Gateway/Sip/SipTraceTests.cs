using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transport;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Tests.Gateway.Sip;

/// <summary>The log says which message passed, and nothing of what was said.</summary>
public sealed class SipTraceTests
{
    [Fact]
    public void A_message_is_logged_without_its_secrets()
    {
        var lines = new Lines();
        var trace = new SipTrace(lines, FlowId.From("flow1"), () => true);
        var request = SipSamples.Request(SipSamples.Invite);
        request.Headers.Set(HeaderNames.SessionId, "ab12;remote=00");
        trace.Received(request);
        trace.Sent(SipResponse.For(request, 182, "t"));

        Assert.Equal(
            [
                "Flow flow1 received INVITE sip:+15550201@vrs.local, Call-ID i2dc8tkt2bkjlfu6bg4k, CSeq 9314 INVITE,"
                + " session ab12.",
                "Flow flow1 sends 182 Queued, Call-ID i2dc8tkt2bkjlfu6bg4k, CSeq 9314 INVITE, session -.",
            ],
            lines.Texts);
    }

    [Fact]
    public void What_is_malformed_is_logged_by_its_fault_only()
    {
        var lines = new Lines();
        var error = SipSamples.Error(SipSamples.Invite.Replace("Bearer", "secret,", StringComparison.Ordinal));
        new SipTrace(lines, FlowId.From("flow1"), () => true).Malformed(error);

        Assert.Equal(
            $"Flow flow1 received what is no SIP message: The Authorization header is malformed at byte {error.Offset};"
            + " Answer.",
            Assert.Single(lines.Texts));
    }

    private sealed class Lines : ILogger
    {
        public ConcurrentQueue<string> Texts { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => Texts.Enqueue(formatter(state, exception));
    }
}
