using System.Text;
using Vrs.Gateway.Sdp;
using Vrs.Gateway.SessionPolicy;

namespace Vrs.Tests.Gateway.Sdp;

/// <summary>
/// Damaged descriptions: real ones with lines dropped, doubled, swapped and characters changed. Repeat one case with
/// <c>VRS_SEED=n dotnet test Vrs.Tests --filter SdpProperties</c>.
/// </summary>
public sealed class SdpProperties
{
    private const int Cases = 2000;
    private static readonly SessionRules Rules = new SessionPolicyOptions().ToRules();

    [Fact]
    public void Whatever_is_read_is_written_so_that_it_is_read_the_same() => ForEachDamaged(text =>
    {
        if (!SdpParser.TryParse(text, out var first, out _))
        {
            return;
        }

        var written = SdpWriter.Write(first);
        Assert.True(SdpParser.TryParse(written, out var second, out var error), error?.ToString());
        Assert.Equal(written, SdpWriter.Write(second));
    });

    [Fact]
    public void Whatever_policy_lets_pass_obeys_every_rule_and_passes_again_unchanged() => ForEachDamaged(text =>
    {
        foreach (var kind in Enum.GetValues<DescriptionKind>())
        {
            if (OfferPolicy.Check(text, kind, Rules).Allowed is not { } allowed)
            {
                continue;
            }

            Assert.DoesNotContain("a=crypto", allowed.Text, StringComparison.Ordinal);
            Assert.True(SdpParser.TryParse(allowed.Text, out var description, out _));
            Assert.All(
                description.Media.Where(media => !media.IsRejected),
                media => Assert.Contains("TLS/", media.Protocol, StringComparison.Ordinal));
            var again = Assert.IsType<Verdict.Pass>(OfferPolicy.Check(allowed.Text, kind, Rules));
            Assert.Equal(allowed.Text, again.Description.Text);
        }
    });

    private static void ForEachDamaged(Action<string> check)
    {
        var fixedSeed = Environment.GetEnvironmentVariable("VRS_SEED");
        var seeds = fixedSeed is null ? Enumerable.Range(0, Cases) : [int.Parse(fixedSeed)];
        foreach (var seed in seeds)
        {
            var exception = Record.Exception(() => check(Damaged(new Random(seed))));
            Assert.True(
                exception is null,
                $"VRS_SEED={seed} dotnet test Vrs.Tests --filter SdpProperties repeats this: {exception}");
        }
    }

    private static string Damaged(Random random)
    {
        string[] samples = [SdpSamples.Offer, SdpSamples.Answer, SdpSamples.AudioOffer, SdpSamples.BundleOnlyOffer];
        var lines = samples[random.Next(samples.Length)].Split("\r\n").ToList();
        for (var count = random.Next(6); count > 0; count--)
        {
            var at = random.Next(lines.Count);
            switch (random.Next(6))
            {
                case 0:
                    lines.RemoveAt(at);
                    break;
                case 1:
                    lines.Insert(at, lines[random.Next(lines.Count)]);
                    break;
                case 2:
                    (lines[at], lines[0]) = (lines[0], lines[at]);
                    break;
                case 3:
                    lines.Insert(at, "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:secret");
                    break;
                case 4:
                    lines[at] = lines[at].Replace("UDP/TLS/", "", StringComparison.Ordinal);
                    break;
                default:
                    lines[at] = WithOneCharacterChanged(lines[at], random);
                    break;
            }
        }

        return string.Join("\r\n", lines);
    }

    private static string WithOneCharacterChanged(string line, Random random)
    {
        var text = new StringBuilder(line);
        if (text.Length > 0)
        {
            text[random.Next(text.Length)] = (char)random.Next(1, 300);
        }

        return text.ToString();
    }
}
