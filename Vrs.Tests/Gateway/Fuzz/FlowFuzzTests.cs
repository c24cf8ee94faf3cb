using System.Net.WebSockets;
using Vrs.Tests.Gateway.Sip;

namespace Vrs.Tests.Gateway.Fuzz;

/// <summary>A server that is sent rubbish by many connections still serves the next one.</summary>
[Trait("Suite", "Fuzz")]
public sealed class FlowFuzzTests
{
    private const int Messages = 400;

    [Fact]
    public async Task Rubbish_on_real_connections_does_no_harm()
    {
        await using var server = await FlowServer.Start();
        var client = await server.Connect();
        for (var seed = 0; seed < Messages; seed++)
        {
            try
            {
                var type = seed % 2 == 0 ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
                await client.Send(new Mutator(seed, SipParserFuzzTests.Corpus()).Next(), type);
            }
            catch (WebSocketException)
            {
                // The message before closed this flow, as it may.
                client.Dispose();
                client = await server.Connect();
            }
        }

        client.Dispose();
        using var next = await server.Connect();
        await next.Send(SipSamples.Invite
            .Replace("INVITE sip", "OPTIONS sip", StringComparison.Ordinal)
            .Replace("9314 INVITE", "9314 OPTIONS", StringComparison.Ordinal));
        Assert.Equal(200, (await next.Response()).StatusCode);
        await Vrs.Tests.Support.Eventually.Is("only the last flow is left", () => server.Flows.Count == 1);
    }
}
