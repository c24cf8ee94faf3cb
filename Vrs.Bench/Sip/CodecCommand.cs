using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Spectre.Console;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Parsing;

namespace Vrs.Bench.Sip;

/// <summary><c>codec</c>: how fast a browser's INVITE is read and written, and what it costs in memory.</summary>
internal static class CodecCommand
{
    private const int Rounds = 5;
    private const int Messages = 100_000;
    private const int DescriptionBytes = 6100;

    public static Command Create()
    {
        var command = new Command("codec", "Measures reading and writing of SIP messages on one core.");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        var bytes = Invite();
        var message = Parse(bytes);
        var table = new Table().AddColumns("round", "read/s", "bytes", "written/s", "bytes", "both/s");
        for (var round = 1; round <= Rounds; round++)
        {
            var (reading, readBytes) = Measure(() => Parse(bytes));
            var (writing, writtenBytes) = Measure(() => SipWriter.ToBytes(message));
            var both = Rate(reading + writing);
            table.AddRow(Text(round), Rate(reading), Text(readBytes), Rate(writing), Text(writtenBytes), both);
        }

        AnsiConsole.MarkupLineInterpolated($"An INVITE of {bytes.Length} bytes, {Messages} times a round:");
        AnsiConsole.Write(table);
    }

    private static SipMessage Parse(byte[] bytes) => SipParser.TryParse(bytes, out var message, out var error)
        ? message
        : throw new InvalidOperationException($"The sample is no message: {error}");

    private static (TimeSpan Time, long BytesEach) Measure(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Messages; i++)
        {
            work();
        }

        return (watch.Elapsed, (GC.GetAllocatedBytesForCurrentThread() - before) / Messages);
    }

    private static string Rate(TimeSpan time) => Text((long)(Messages / time.TotalSeconds));

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    // As JsSIP sends it, with a token and an offer of video and audio.
    private static byte[] Invite()
    {
        var request = SipRequest.Create(
            SipMethod.Invite,
            SipUri.Parse("sip:+15550201@vrs.local"),
            NameAddress.Parse("\"Dana\" <sip:dana@vrs.local>;tag=qrhpfrj8f6"),
            NameAddress.Parse("<sip:+15550201@vrs.local>"),
            "i2dc8tkt2bkjlfu6bg4k",
            9314);
        request.Headers.Add(HeaderNames.Authorization, "Bearer " + new string('a', 300));
        request.Headers.Add(HeaderNames.Contact, "<sip:m3rh9kgv@t7dh0ok1.invalid;transport=ws;ob>");
        request.Headers.Add(HeaderNames.SessionExpires, 90);
        request.Headers.Add(HeaderNames.Allow, "INVITE,ACK,CANCEL,BYE,UPDATE,MESSAGE,OPTIONS,REFER,INFO,NOTIFY");
        request.Headers.Add(HeaderNames.Supported, "timer,ice,replaces,outbound");
        request.Headers.Add(HeaderNames.UserAgent, "JsSIP 3.13.8");
        request.SetBody("application/sdp", new string('v', DescriptionBytes));
        const string Via = "\r\nVia: SIP/2.0/WSS t7dh0ok1.invalid;branch=z9hG4bK7311462\r\nFrom:";
        var text = Encoding.UTF8.GetString(SipWriter.ToBytes(request));
        return Encoding.UTF8.GetBytes(text.Replace("\r\nFrom:", Via, StringComparison.Ordinal));
    }
}
