using Vrs.Tests.Callflows;

namespace Vrs.Tests.Cluster;

/// <summary>
/// Stories on two silos, one of which dies in the middle: the other takes calls, line and interpreters from storage,
/// and nobody in the story notices.
/// </summary>
public sealed class ClusterCallflowTests
{
    public static TheoryData<string> Stories =>
    [
        "relay-call", "caller-gives-up-in-line", "offer-lapses", "callee-hangs-up-and-another-is-dialed",
    ];

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task The_story_is_told_though_a_silo_dies(string name)
    {
        var story = StoryFiles.Read(name);
        await using var world = new EngineWorld();

        var told = await StoryTeller.Tell(story, new LosingASilo(world, afterBlock: (story.Blocks.Length + 1) / 2));

        Assert.Equal(story.Write(), told.Write());
    }

    /// <summary>One of two silos dies after a block.</summary>
    private sealed class LosingASilo(EngineWorld world, int afterBlock) : IStoryWorld
    {
        private int _blocks;

        public Task Do(StoryCommand command) => world.Do(command);

        public async Task<IReadOnlyList<string>> Observe(IReadOnlyList<string> expected)
        {
            var observed = await world.Observe(expected);
            if (++_blocks == afterBlock)
            {
                world.Grains.KillSilo(afterBlock % 2);
                world.RenewPages();
            }

            return observed;
        }

        public ValueTask DisposeAsync() => world.DisposeAsync();
    }
}
