namespace Vrs.Tests.Callflows;

/// <summary>The same stories on the whole server, over real WebSockets.</summary>
public sealed class WebSocketCallflowTests
{
    public static TheoryData<string> Stories => CallflowTests.Stories;

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task The_server_tells_the_story(string name)
    {
        var story = StoryFiles.Read(name);
        await using var world = await WebSocketWorld.Start();

        var told = await StoryTeller.Tell(story, world);

        Assert.Equal(story.Write(), told.Write());
    }
}
