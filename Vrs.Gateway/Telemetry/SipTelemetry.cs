using Vrs.Gateway.SessionPolicy;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transactions;
using static Vrs.Gateway.Telemetry.GatewayInstruments;

namespace Vrs.Gateway.Telemetry;

/// <summary>What SIP messages, transactions and session descriptions say in metrics. Allocates nothing.</summary>
internal static class SipTelemetry
{
    /// <summary>What the peer named and we do not know; its word would be an unbounded label.</summary>
    private const string Other = "other";

    private static readonly string[] Classes = ["1xx", "2xx", "3xx", "4xx", "5xx", "6xx"];

    public static void Received(SipMessage message) => Count(message, "received");

    public static void Sent(SipMessage message) => Count(message, "sent");

    public static void TimedOut(Transaction transaction, string side) =>
        Timeouts.Add(1, new("method", NameOf(transaction.Request.Method)), new("side", side));

    public static void Refused(DescriptionKind kind, Verdict.Refuse refusal) => PolicyRefusals.Add(
        1,
        new("kind", kind is DescriptionKind.Offer ? "offer" : "answer"),
        new("warning", refusal.WarningCode));

    private static void Count(SipMessage message, string direction)
    {
        var method = new KeyValuePair<string, object?>("method", NameOf(message.CSeq.Method));
        var way = new KeyValuePair<string, object?>("direction", direction);
        if (message is SipResponse response)
        {
            Responses.Add(1, method, new("class", ClassOf(response.StatusCode)), way);
        }
        else
        {
            Requests.Add(1, method, way);
        }
    }

    private static string NameOf(SipMethod method) => method.IsKnown ? method.Name : Other;

    private static string ClassOf(int status) =>
        status / 100 is >= 1 and <= 6 and var hundreds ? Classes[hundreds - 1] : Other;
}
