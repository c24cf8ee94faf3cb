namespace Vrs.Tests.Callflows;

/// <summary>The same stories on the production grains, on the embedded engine.</summary>
public sealed class EngineCallflowTests
{
    public static TheoryData<string> Stories => CallflowTests.Stories;

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task The_grains_tell_the_story(string name)
    {
        var story = StoryFiles.Read(name);
        await using var world = new EngineWorld();

        var told = await StoryTeller.Tell(story, world);

        Assert.Equal(story.Write(), told.Write());
    }
}
