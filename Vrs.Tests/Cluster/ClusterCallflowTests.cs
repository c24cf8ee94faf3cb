using Vrs.Silo.Storage;
using Vrs.Tests.Callflows;
using Vrs.Tests.Engine.Storage;

namespace Vrs.Tests.Cluster;

/// <summary>
/// Every story on two silos over PostgreSQL, one of which dies in the middle: the other takes calls, line and
/// interpreters from storage, and nobody in the story notices.
/// </summary>
[Collection(nameof(WholePool))]
public sealed class ClusterCallflowTests
{
    public static TheoryData<string> Stories =>
        [.. StoryFiles.All().Select(path => Path.GetFileNameWithoutExtension(path))];

    [PostgreSqlTheory]
    [MemberData(nameof(Stories))]
    public async Task The_story_is_told_though_a_silo_dies(string name)
    {
        var story = StoryFiles.Read(name);
        var middle = (story.Blocks.Length + 1) / 2;
        await IsTold(story, middle, middle % 2);
    }

    /// <summary>
    /// A call and its interpreter each wait for a deadline then, one second apart: both are armed again in time,
    /// wherever they were.
    /// </summary>
    [PostgreSqlTheory]
    [InlineData(0)]
    [InlineData(1)]
    public Task Whichever_silo_dies_between_a_loss_and_the_end_of_its_grace_a_caller_is_recovered(int silo) =>
        IsTold(StoryFiles.Read("held-caller-is-recovered"), afterBlock: 2, silo);

    private static async Task IsTold(Story story, int afterBlock, int silo)
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.PostgreSql);
        await using var world = new EngineWorld((
            new SqlStorage(database.Database, database.Writer, TimeProvider.System),
            new SqlReminderStorage(database.Database, database.Writer)));

        var told = await StoryTeller.Tell(story, new LosingASilo(world, afterBlock, silo));

        Assert.True(story.Write() == told.Write(), $"Told otherwise:\n{told.Write()}");
    }

    /// <summary>One of two silos dies after a block.</summary>
    private sealed class LosingASilo(EngineWorld world, int afterBlock, int silo) : IStoryWorld
    {
        private int _blocks;

        public Task Do(StoryCommand command) => world.Do(command);

        public async Task<IReadOnlyList<string>> Observe(IReadOnlyList<string> expected)
        {
            var observed = await world.Observe(expected);
            if (++_blocks == afterBlock)
            {
                world.Grains.KillSilo(silo);
                world.RenewPages();
            }

            return observed;
        }

        public ValueTask DisposeAsync() => world.DisposeAsync();
    }
}

/// <summary>Tests that must have the thread pool for themselves, see <see cref="ClusterStillness"/>.</summary>
[CollectionDefinition(nameof(WholePool), DisableParallelization = true)]
public sealed class WholePool;
