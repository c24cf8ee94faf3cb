using System.Globalization;
using System.Text;
using Vrs.Gateway.Sip.Checks;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Parsing;
using Vrs.Tests.Gateway.Sip;
using Vrs.Tests.Tidy;

namespace Vrs.Tests.Gateway.Fuzz;

/// <summary>
/// Whatever comes in, the parser takes it or says why not; what it takes it can write and read again; and it never
/// allocates much more than came in. <c>VRS_FUZZ</c> sets how many messages are tried.
/// </summary>
[Trait("Suite", "Fuzz")]
public sealed class SipParserFuzzTests
{
    private const int DefaultBudget = 20_000;

    // Strings take two bytes a character, and a header is kept as it came and as it was understood.
    private const int BytesPerByte = 64;
    private const int BytesAlways = 64 * 1024;

    [Fact]
    public void Spoilt_messages_never_break_the_parser()
    {
        var seed = Setting("VRS_SEED", 8841);
        var budget = Setting("VRS_FUZZ", DefaultBudget);
        var corpus = Corpus();
        for (var i = 0; i < budget; i++)
        {
            var input = new Mutator(seed + i, corpus).Next();
            try
            {
                Try(input);
            }
            catch (Exception error)
            {
                Assert.Fail(
                    $"{error.GetType().Name}: {error.Message}\n{error.StackTrace}\nAgain:"
                    + $" VRS_SEED={seed + i} VRS_FUZZ=1 dotnet test Vrs.Tests --filter {nameof(SipParserFuzzTests)}\n"
                    + Encoding.Latin1.GetString(input.AsSpan(0, Math.Min(input.Length, 2000))));
            }
        }
    }

    [Theory]
    [InlineData(';')]
    [InlineData(',')]
    [InlineData('"')]
    [InlineData('<')]
    [InlineData('\\')]
    [InlineData('%')]
    [InlineData(' ')]
    [InlineData('[')]
    public void Long_runs_of_one_character_are_refused_in_linear_space(char letter)
    {
        foreach (var header in new[] { "Contact", "To", "Via", "Route", "Authorization", "Content-Type", "X", "CSeq" })
        {
            var run = header + ": " + new string(letter, 60_000);
            Try(SipSamples.Bytes(SipSamples.Invite.Replace("Max-Forwards: 69", run, StringComparison.Ordinal)));
        }
    }

    private static void Try(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var taken = SipParser.TryParse(input, out var message, out var error);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var allowed = BytesAlways + (input.Length * (long)BytesPerByte);
        Assert.True(allocated <= allowed, $"{allocated} bytes were allocated for {input.Length}");
        if (!taken)
        {
            Assert.Equal(error!.Disposition == ParseDisposition.Answer, !error.Answer.IsEmpty);
            Assert.InRange(error.Offset, 0, Math.Max(input.Length, SipLimits.Default.MessageBytes));
            return;
        }

        Assert.True(SipParser.TryParse(SipWriter.ToBytes(message!), out var again, out error), error?.ToString());
        SipSamples.AssertSame(message!, again!);
        if (message is SipRequest request && RequestChecks.Default.Refuse(request) is { } refusal)
        {
            Assert.True(SipParser.TryParse(SipWriter.ToBytes(refusal), out _, out error), error?.ToString());
        }
    }

    internal static List<byte[]> Corpus()
    {
        var folder = Path.Combine(SourceTree.Root, "Vrs.Tests", "Gateway", "Torture");
        return
        [
            SipSamples.Bytes(SipSamples.Invite),
            .. Directory.GetFiles(folder, "*.dat", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes),
        ];
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } set ? int.Parse(set, CultureInfo.InvariantCulture) : otherwise;
}
