using System.Text.RegularExpressions;
using Vrs.Tests.Tidy;

namespace Vrs.Tests.Deploy;

/// <summary>
/// The image: pinned bases, nobody's root, a health check, sources alone. Building it needs base images from elsewhere,
/// so what is checked here is what it says.
/// </summary>
[Trait("Suite", "Tidy")]
public sealed partial class DockerfileTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(SourceTree.Root, "deploy/Dockerfile"));

    [Fact]
    public void Every_rule_is_kept() => Assert.Empty(FindFaults(Text));

    [Theory]
    [InlineData("aspnet:10.0.12-noble-chiseled-extra", "aspnet:latest", "not pinned")]
    [InlineData("aspnet:10.0.12-noble-chiseled-extra", "aspnet", "not pinned")]
    [InlineData("aspnet:10.0.12-noble-chiseled-extra", "aspnet:10.0.12-noble", "has a shell")]
    [InlineData("USER 1654:1654", "USER root", "runs as root")]
    [InlineData("HEALTHCHECK", "LABEL", "no HEALTHCHECK")]
    [InlineData("COPY --from=build /out ./", "COPY . ./", "copies the whole tree")]
    [InlineData("EXPOSE 8443", "EXPOSE 8080", "exposes")]
    [InlineData("ARG GRAIN_ENGINE", "ARG SIGNING_KEY", "secret")]
    [InlineData("--from=pages /source", "--from=page /source", "no stage")]
    public void Each_rule_sees_what_it_forbids(string good, string bad, string fault) =>
        Assert.Contains(
            FindFaults(Text.Replace(good, bad, StringComparison.Ordinal)),
            f => f.Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void Everything_it_copies_from_the_sources_is_there() =>
        Assert.All(
            CopiedFromSources().Matches(Text).SelectMany(m => m.Groups[1].Value.Split(' ')[..^1]),
            path => Assert.NotEmpty(Directory.GetFileSystemEntries(
                Path.Combine(SourceTree.Root, Path.GetDirectoryName(path)!), Path.GetFileName(path))));

    [Fact]
    public void The_runtime_of_the_image_is_that_of_the_tests() =>
        Assert.Contains($"aspnet:{Environment.Version.ToString(2)}.", Text, StringComparison.Ordinal);

    private static List<string> FindFaults(string text)
    {
        var faults = new List<string>();
        var stages = Stage().Matches(text).Select(m => (Image: m.Groups[1].Value, Name: m.Groups[2].Value)).ToList();
        var last = text[text.LastIndexOf("FROM ", StringComparison.Ordinal)..];
        faults.AddRange(stages.Where(s => !PinnedImage().IsMatch(s.Image)).Select(s => $"{s.Image}: not pinned"));
        Require(stages[^1].Image.Contains("chiseled", StringComparison.Ordinal), "the image has a shell");
        Require(NumberedUser().IsMatch(last), "runs as root, or as nobody knows whom");
        Require(last.Contains("\nHEALTHCHECK ", StringComparison.Ordinal), "no HEALTHCHECK");
        Require(!text.Contains("COPY . ", StringComparison.Ordinal), "copies the whole tree");
        Require(Expose().Matches(text).All(m => m.Groups[1].Value == "8443"), "exposes another port than that of TLS");
        Require(!SecretName().IsMatch(text), "a secret would stay in the image");
        Require(!text.Contains("\nADD ", StringComparison.Ordinal), "ADD fetches and unpacks: use COPY");
        Require(From().Matches(text).All(m => stages.Any(s => s.Name == m.Groups[1].Value)), "no stage of that name");
        return faults;

        void Require(bool kept, string fault)
        {
            if (!kept)
            {
                faults.Add(fault);
            }
        }
    }

    [GeneratedRegex(@"(?m)^FROM (\S+) AS (\w+)$")]
    private static partial Regex Stage();

    [GeneratedRegex(@"^[\w./-]+:\d+\.\d+\.\d+[\w.-]*$")]
    private static partial Regex PinnedImage();

    [GeneratedRegex(@"(?m)^USER [1-9]\d*:[1-9]\d*$")]
    private static partial Regex NumberedUser();

    [GeneratedRegex(@"(?m)^EXPOSE (\S+)$")]
    private static partial Regex Expose();

    [GeneratedRegex(@"(?mi)^(ARG|ENV)\b.*(KEY|SECRET|PASSWORD|TOKEN)")]
    private static partial Regex SecretName();

    [GeneratedRegex(@"--from=(\w+)")]
    private static partial Regex From();

    [GeneratedRegex(@"(?m)^COPY (?!--from)(.+)$")]
    private static partial Regex CopiedFromSources();
}
