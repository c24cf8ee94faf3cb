namespace Vrs.Tests.Callflows;

/// <summary>Something that stories can be run on: the core alone, or a server over WebSockets.</summary>
internal interface IStoryWorld : IAsyncDisposable
{
    /// <summary>Does what a command says.</summary>
    /// <param name="command">The command.</param>
    Task Do(StoryCommand command);

    /// <summary>
    /// Waits until everything that follows has happened, and tells what was observed since the last time, as
    /// <see cref="StoryLines"/> puts it.
    /// </summary>
    /// <param name="expected">What the story expects; a world that runs in real time may wait for it.</param>
    Task<IReadOnlyList<string>> Observe(IReadOnlyList<string> expected);
}
