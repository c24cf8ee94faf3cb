using System.Collections.Immutable;

namespace Vrs.Tests.Callflows;

/// <summary>One callflow story; README.md in this folder has the format.</summary>
/// <param name="Name">The file's name without extension.</param>
/// <param name="Comment">What it is about; the lines that begin with #.</param>
/// <param name="Blocks">What happens and what is observed, in order.</param>
internal sealed record Story(string Name, ImmutableArray<string> Comment, ImmutableArray<StoryBlock> Blocks)
{
    private const string Rule = "----";

    /// <summary>Reads a story.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="FormatException">It is not a story; the message says where.</exception>
    public static Story Parse(string name, string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd()).ToList();
        var comment = lines.TakeWhile(line => line.StartsWith('#') || line.Length == 0)
            .Where(line => line.Length > 0)
            .ToImmutableArray();
        var blocks = ImmutableArray.CreateBuilder<StoryBlock>();
        var commands = new List<StoryCommand>();
        var observed = new List<string>();
        var belowRule = false;
        for (var i = 0; i <= lines.Count; i++)
        {
            var line = i < lines.Count ? lines[i] : "";
            if (line.StartsWith('#'))
            {
                continue;
            }

            if (line.Length == 0)
            {
                if (belowRule)
                {
                    blocks.Add(new StoryBlock([.. commands], [.. observed]));
                    commands.Clear();
                    observed.Clear();
                    belowRule = false;
                }

                continue;
            }

            if (line == Rule)
            {
                belowRule = true;
            }
            else if (belowRule)
            {
                observed.Add(line);
            }
            else
            {
                commands.Add(StoryCommand.Parse(line, $"{name}:{i + 1}"));
            }
        }

        return commands.Count == 0
            ? new Story(name, comment, blocks.ToImmutable())
            : throw new FormatException($"{name}: the last block has no rule.");
    }

    /// <summary>The story as text.</summary>
    public string Write() => string.Concat(Comment.Select(line => line + "\n")) + string.Concat(Blocks.Select(Write));

    private static string Write(StoryBlock block) => string.Concat(
        "\n",
        string.Concat(block.Commands.Select(command => command.Text + "\n")),
        Rule + "\n",
        string.Concat(block.Observed.Select(line => line + "\n")));
}

/// <summary>What happens, and what is observed of it.</summary>
/// <param name="Commands">Above the rule.</param>
/// <param name="Observed">Below the rule.</param>
internal sealed record StoryBlock(ImmutableArray<StoryCommand> Commands, ImmutableArray<string> Observed);

/// <summary>Something somebody does.</summary>
/// <param name="Text">As written.</param>
/// <param name="Who">Who; <c>time</c> for a deadline.</param>
/// <param name="Deed">What, from <see cref="Deeds"/>.</param>
/// <param name="Number">The number dialed, or the word that ends the deed; or null.</param>
internal sealed record StoryCommand(string Text, string Who, string Deed, string? Number)
{
    /// <summary>Everything people can do in a story.</summary>
    public static ImmutableArray<string> Deeds { get; } =
    [
        "works", "registers", "dials", "accepts", "declines", "rejoins", "answers", "is busy", "declines the call",
        "answers too late", "cancels", "hangs up", "hangs up on the callee", "loses connection", "returns",
        "refuses the leg", "ends the call", "dials in the clear", "restarts", "accepts too late",
        "ends the call as the server dies", "hangs up at the same time", "holds at the same time", "signs in",
        "asks for a callback", "gives up the callback", "holds", "holds the callee", "resumes", "resumes the callee",
        "asks for relief", "asks for support", "does without a colleague",
        .. StoryPeople.Deeds,
        .. WorkDeeds.All,
    ];

    /// <summary>Everything time can do in a story.</summary>
    public static ImmutableArray<string> Deadlines { get; } =
    [
        "the offer lapses", "the grace ends", "the hold ends", "the wait ends", "the idle time ends",
        "the redial time ends", "the ringing ends", "the wrap-up ends", "the recovery ends", "the hold grows long",
        "the callback lapses", "the callback rings out",
        "the preference ends", "the wait in this pool ends",
        "the search in this pool ends", "the search ends", "the minimum stay ends",
        "the set-up ends", "the pause ends", "a break is due",
    ];

    /// <summary>Reads a command.</summary>
    /// <param name="line">The line.</param>
    /// <param name="where">Where it is, for the message.</param>
    public static StoryCommand Parse(string line, string where)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (words[0] == "time:")
        {
            var deadline = string.Join(' ', words.Skip(1));
            return Deadlines.Contains(deadline)
                ? new StoryCommand(line, "time", deadline, null)
                : throw new FormatException($"{where}: '{deadline}' is no deadline.");
        }

        if (words[0] is "caller" or "interpreter" or "phone" or "operator" or "the")
        {
            words.RemoveAt(0);
        }

        var takesWord = StoryPeople.Deeds.Contains(string.Join(' ', words.Skip(1).SkipLast(1)));
        var isNumber = words[^1].StartsWith('+') || words[^1] == Cast.Emergency;
        var number = takesWord || isNumber ? words[^1] : null;
        var deed = string.Join(' ', words.Skip(1).Take(words.Count - (number is null ? 1 : 2)));
        return Deeds.Contains(deed)
            ? new StoryCommand(line, words[0], deed, number)
            : throw new FormatException($"{where}: '{deed}' is nothing that anybody does.");
    }
}
