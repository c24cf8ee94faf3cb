using System.Text;
using Vrs.Gateway.Sip.Checks;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Parsing;
using Vrs.Tests.Gateway.Sip;
using Vrs.Tests.Tidy;

namespace Vrs.Tests.Gateway.Torture;

/// <summary>RFC 4475 and RFC 5118: every message, and what this server does with it.</summary>
public sealed class TortureTests
{
    private const string Taken = "taken";
    private const string Dropped = "dropped";
    private const string Closes = "closes the flow";

    /// <summary>Name, section, outcome, and why when that is not what the RFC asks for.</summary>
    public static TheoryData<string, string, string, string?> Messages => new()
    {
        { "valid/wsinv", "3.1.1.1", Taken, null },
        { "valid/intmeth", "3.1.1.2", "405", null },
        { "valid/esc01", "3.1.1.3", Taken, null },
        { "valid/escnull", "3.1.1.4", Taken, null },
        { "valid/esc02", "3.1.1.5", "405", null },
        { "valid/lwsdisp", "3.1.1.6", Taken, null },
        { "valid/longreq", "3.1.1.7", Taken, null },
        { "valid/dblreq", "3.1.1.8", "400", "RFC 7118: a WebSocket message holds one SIP message and no tail" },
        { "valid/semiuri", "3.1.1.9", Taken, null },
        { "valid/transports", "3.1.1.10", Taken, null },
        { "valid/mpart01", "3.1.1.11", "405", "MESSAGE is not offered" },
        { "valid/unreason", "3.1.1.12", Taken, null },
        { "valid/noreason", "3.1.1.13", Taken, null },
        { "invalid/badinv01", "3.1.2.1", "400", null },
        { "invalid/clerr", "3.1.2.2", "400", null },
        { "invalid/ncl", "3.1.2.3", "400", null },
        { "invalid/scalar02", "3.1.2.4", "400", null },
        { "invalid/scalarlg", "3.1.2.5", Dropped, null },
        { "invalid/quotbal", "3.1.2.6", "400", null },
        { "invalid/ltgtruri", "3.1.2.7", "400", null },
        { "invalid/lwsruri", "3.1.2.8", "400", null },
        { "invalid/lwsstart", "3.1.2.9", "400", null },
        { "invalid/trws", "3.1.2.10", "400", null },
        { "invalid/escruri", "3.1.2.11", "400", null },
        { "invalid/baddate", "3.1.2.12", Taken, "nothing here reads Date; the RFC leaves that open" },
        { "invalid/regbadct", "3.1.2.13", "400", null },
        { "invalid/badaspec", "3.1.2.14", "400", null },
        { "invalid/baddn", "3.1.2.15", "400", null },
        { "invalid/badvers", "3.1.2.16", "505", null },
        { "invalid/mismatch01", "3.1.2.17", "400", null },
        { "invalid/mismatch02", "3.1.2.18", "400", "the RFC allows 501 too; the mismatch is seen first" },
        { "invalid/bigcode", "3.1.2.19", Dropped, null },
        { "valid/badbranch", "3.2.1", Taken, null },
        { "invalid/insuf", "3.3.1", Closes, "without Call-ID, From and To there is nothing to copy into a response" },
        { "valid/unkscm", "3.3.2", "416", null },
        { "valid/novelsc", "3.3.3", "416", null },
        { "valid/unksm2", "3.3.4", Taken, null },
        { "valid/bext01", "3.3.5", "420", null },
        { "valid/invut", "3.3.6", "415", null },
        { "valid/regaut01", "3.3.7", Taken, null },
        { "invalid/multi01", "3.3.8", "400", null },
        { "invalid/mcl01", "3.3.9", "400", null },
        { "valid/bcast", "3.3.10", Taken, null },
        { "valid/zeromf", "3.3.11", Taken, null },
        { "valid/cparam01", "3.3.12", Taken, null },
        { "valid/cparam02", "3.3.13", Taken, null },
        { "valid/regescrt", "3.3.14", Taken, null },
        { "valid/sdp01", "3.3.15", Taken, null },
        { "valid/inv2543", "3.4.1", "400", "without tag and Contact no dialog can be told apart" },
        { "valid/ipv6-good", "RFC 5118 4.1", Taken, null },
        { "invalid/ipv6-bad", "RFC 5118 4.2", "400", null },
        { "valid/port-ambiguous", "RFC 5118 4.3", Taken, null },
        { "valid/port-unambiguous", "RFC 5118 4.4", Taken, null },
        { "valid/via-received-param-with-delim", "RFC 5118 4.5", Taken, null },
        { "valid/via-received-param-no-delim", "RFC 5118 4.5", Taken, null },
        { "valid/ipv6-in-sdp", "RFC 5118 4.6", Taken, null },
        { "valid/ipv4-mapped-ipv6", "RFC 5118 4.9", Taken, null },
        { "invalid/ipv6-bug-abnf-3-colons", "RFC 5118 4.10", "400", null },
    };

    private static string Folder => Path.Combine(SourceTree.Root, "Vrs.Tests", "Gateway", "Torture");

    [Theory, MemberData(nameof(Messages))]
    public void Each_message_has_its_outcome(string name, string section, string expected, string? deviation)
    {
        var outcome = OutcomeOf(File.ReadAllBytes(Path.Combine(Folder, name + ".dat")), out var reason);

        Assert.True(expected == outcome, $"{name} ({section}): {outcome} ({reason}), expected {expected}. {deviation}");
    }

    [Fact]
    public void Every_file_is_listed()
    {
        var files = Directory.GetFiles(Folder, "*.dat", SearchOption.AllDirectories)
            .Select(path => Path.ChangeExtension(Path.GetRelativePath(Folder, path), null).Replace('\\', '/'));

        Assert.Equal(files.Order(StringComparer.Ordinal), Names().Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Messages))]
    public void What_is_taken_is_written_and_read_back_the_same(
        string name, string section, string expected, string? deviation)
    {
        if (!SipParser.TryParse(File.ReadAllBytes(Path.Combine(Folder, name + ".dat")), out var message, out _))
        {
            Assert.True(expected != Taken, $"{name} ({section}) {deviation}");
            return;
        }

        Assert.True(SipParser.TryParse(SipWriter.ToBytes(message), out var again, out var error), $"{name}: {error}");
        SipSamples.AssertSame(message, again!);
    }

    [Fact]
    public void The_odd_message_with_every_kind_of_white_space_is_understood()
    {
        var request = Assert.IsType<SipRequest>(Read("valid/wsinv"));

        Assert.Equal("J Rosenberg \\\"", request.From.DisplayName);
        Assert.Equal("98asjd8", request.From.Tag);
        Assert.Equal("1918181833n", request.To.Tag);
        Assert.Equal(68, request.MaxForwards);
        Assert.Equal(new CSeq(9, SipMethod.Invite), request.CSeq);
        Assert.Equal(["390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"], request.Vias.Select(via => via.Branch));
        Assert.Equal("192.168.255.111", request.Vias[2].Host);
        Assert.Equal("newfangled value continued newfangled value", request.Headers["newfangledheader"]);
        Assert.Equal("Quoted string \"\"", request.Contact!.DisplayName);
        Assert.Equal("0.33", request.Contact.Parameters["q"]);
    }

    [Fact]
    public void The_message_with_every_legal_character_is_understood()
    {
        var request = Assert.IsType<SipRequest>(Read("valid/intmeth"));

        Assert.Equal("BEL:\a NUL:\0 DEL:\x7f", request.To.DisplayName);
        Assert.Equal("token1~` token2'+_ token3*%!.-", request.From.DisplayName);
        Assert.Equal("работающий", request.From.Parameters.Unquoted("fromParam''~+*_!.-%"));
        Assert.Equal("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*", request.RequestUri.User);
        Assert.Equal("大停電", request.Headers["extensionHeader-!.%*+_`'~"]);
    }

    private static IEnumerable<string> Names() => Messages.Select(row => (string)row[0]);

    private static SipMessage Read(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder, name + ".dat"));
        Assert.True(SipParser.TryParse(bytes, out var message, out var error), error?.ToString());
        return message;
    }

    private static string OutcomeOf(byte[] bytes, out string? reason)
    {
        reason = null;
        if (!SipParser.TryParse(bytes, out var message, out var error))
        {
            reason = error.ToString();
            return error.Disposition switch
            {
                ParseDisposition.Close => Closes,
                ParseDisposition.Discard => Dropped,
                _ => StatusOf(error.Answer.ToArray()),
            };
        }

        var refusal = message is SipRequest request ? RequestChecks.Default.Refuse(request) : null;
        reason = refusal?.ReasonPhrase;
        return refusal is null ? Taken : refusal.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string StatusOf(byte[] response)
    {
        var text = Encoding.UTF8.GetString(response);
        Assert.StartsWith("SIP/2.0 ", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", text, StringComparison.Ordinal);
        return text[8..11];
    }
}
