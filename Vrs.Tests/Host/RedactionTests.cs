using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Vrs.Gateway.Telemetry;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Tests.Host;

public sealed class RedactionTests
{
    private const string Token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkYW5hIn0.c2lnbmF0dXJl";

    [Theory]
    [InlineData($"GET /hubs/console?id=7&access_token={Token} 101", Token)]
    [InlineData("GET /hubs/console?access_token=opaque-token&x=1", "opaque-token")]
    [InlineData($"Authorization: Bearer {Token}", Token)]
    [InlineData("Authorization: Digest username=\"dana\", response=\"6629fae49393a05397450978507c4ef1\"", "6629fae4")]
    [InlineData("{\"user\":\"dana\",\"password\":\"correct horse\"}", "correct")]
    [InlineData("Host=db;Username=vrs;Password=hunter22;Database=vrs", "hunter22")]
    [InlineData("body v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\na=ice-pwd:abcdefghijklmnopqrstuv\r\n", "abcdefghij")]
    [InlineData("line a=fingerprint:sha-256 12:34:56", "12:34:56")]
    [InlineData("turn credential=c2VjcmV0LXR1cm4=", "c2VjcmV0")]
    public void Secrets_do_not_reach_the_log(string text, string secret) =>
        Assert.DoesNotContain(secret, Redactor.Redact(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("Call c1 moved from queued to offered.")]
    [InlineData("A page's token has ended; it renews it.")]
    [InlineData("INVITE sip:+15550123@vrs.local SIP/2.0")]
    public void Ordinary_sentences_stay_as_they_are(string text) => Assert.Equal(text, Redactor.Redact(text));

    [Fact]
    public void An_event_is_one_line_of_JSON_with_the_fields_of_its_message_and_scope()
    {
        var line = Write(
            new EventId(3, "LogCallMoved"),
            [new("SessionId", "0f"), new("StateFrom", CallPhase.Queued), new("StateTo", CallPhase.Offered)],
            scope: [new("correlation_id", "c1"), new("RequestPath", "/hubs/console")]);

        Assert.Equal("2026-03-01T12:00:00+00:00", line.GetProperty("timestamp").GetString());
        Assert.Equal("info", line.GetProperty("level").GetString());
        Assert.Equal("call_moved", line.GetProperty("event_name").GetString());
        Assert.Equal("0f", line.GetProperty("session_id").GetString());
        Assert.Equal("c1", line.GetProperty("correlation_id").GetString());
        Assert.Equal("queued", line.GetProperty("state_from").GetString());
        Assert.Equal("offered", line.GetProperty("state_to").GetString());
        Assert.False(line.TryGetProperty("request_path", out _));
    }

    [Fact]
    public void A_message_may_name_its_event_itself_and_the_name_stands_once()
    {
        var line = Write(new EventId(3, "CallStep"), [new("EventName", "OfferElapsed")], []);

        var names = line.EnumerateObject().Where(p => p.Name == "event_name");
        Assert.Equal("offer_elapsed", Assert.Single(names).Value.GetString());
    }

    [Fact]
    public void A_session_description_prints_as_its_length()
    {
        var line = Write(new EventId(1, "Offer"), [new("Offer", new SdpText("v=0\r\no=- 1 1 IN IP4 192.0.2.7"))], []);

        Assert.Equal("[sdp, 29 characters]", line.GetProperty("offer").GetString());
    }

    [Fact]
    public void A_field_that_is_a_secret_is_redacted_too()
    {
        var line = Write(new EventId(1, "Oops"), [new("Header", $"Bearer {Token}")], []);

        Assert.DoesNotContain(Token, line.ToString(), StringComparison.Ordinal);
    }

    private static JsonElement Write(
        EventId id,
        KeyValuePair<string, object?>[] fields,
        KeyValuePair<string, object?>[] scope)
    {
        var scopes = new LoggerExternalScopeProvider();
        using var open = scopes.Push(scope);
        using var text = new StringWriter();
        ConsoleFormatter formatter = new EventLineFormatter(new SteppedTime());
        var entry = new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(
            LogLevel.Information, "Vrs.Test", id, fields, null, (state, _) => string.Join(' ', state));
        formatter.Write(in entry, scopes, text);
        var written = text.ToString();
        Assert.Equal(1, written.Count(c => c == '\n'));
        return JsonDocument.Parse(written).RootElement;
    }
}
