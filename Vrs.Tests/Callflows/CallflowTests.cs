using Vrs.Tests.Tidy;

namespace Vrs.Tests.Callflows;

/// <summary>The stories, on the core alone.</summary>
public sealed class CallflowTests
{
    public static TheoryData<string> Stories =>
        [.. StoryFiles.All().Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task The_core_tells_the_story(string name)
    {
        var story = StoryFiles.Read(name);
        await using var world = new CoreWorld();

        var told = await StoryTeller.Tell(story, world);

        if (Environment.GetEnvironmentVariable("VRS_REWRITE") == "1")
        {
            File.WriteAllText(StoryFiles.PathOf(name), told.Write());
        }

        Assert.Equal(StoryFiles.Read(name).Write(), told.Write());
    }

    [Fact]
    public void A_story_that_says_nonsense_is_refused_with_the_place()
    {
        var fault = Assert.Throws<FormatException>(() => Story.Parse("odd", "# Odd.\n\ndana sings\n----\n"));

        Assert.Equal("odd:3: 'sings' is nothing that anybody does.", fault.Message);
    }

    [Fact]
    public void A_story_is_written_as_it_was_read()
    {
        const string text = "# Short.\n\ncaller dana dials +15550201\n----\ncall     New -> Queued\n";

        Assert.Equal(text, Story.Parse("short", text).Write());
    }
}

/// <summary>Where the stories are.</summary>
internal static class StoryFiles
{
    private static string Folder => Path.Combine(SourceTree.Root, "Vrs.Tests", "Callflows");

    public static IEnumerable<string> All() => Directory.EnumerateFiles(Folder, "*.txt");

    public static string PathOf(string name) => Path.Combine(Folder, name + ".txt");

    public static Story Read(string name) => Story.Parse(name, File.ReadAllText(PathOf(name)));
}

/// <summary>Runs a story on a world.</summary>
internal static class StoryTeller
{
    /// <summary>The story as the world tells it: same commands, and what was observed.</summary>
    public static async Task<Story> Tell(Story story, IStoryWorld world)
    {
        var blocks = new List<StoryBlock>();
        foreach (var block in story.Blocks)
        {
            foreach (var command in block.Commands)
            {
                await world.Do(command);
            }

            blocks.Add(block with { Observed = [.. await world.Observe(block.Observed)] });
        }

        return story with { Blocks = [.. blocks] };
    }
}
