using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Vrs.Grains;
using Vrs.Silo.Embedded;
using Vrs.Silo.Embedded.Runtime;
using Vrs.Silo.Storage;

namespace Vrs.Tests.Domain.Grains;

/// <summary>On the embedded engine, in one thread: turns in an order that a seed chooses.</summary>
internal sealed partial class GrainWorld
{
    /// <summary>Whether an answer may arrive after what followed from the question.</summary>
    public const bool AnswersMayBeOvertaken = false;

    private SeededTurnOrder _turns = null!;
    private StandaloneSilo _silo = null!;
    private LosingTransit? _transit;

    public IGrainFactory Grains => _silo.Grains;

    public EmbeddedSilo Silo => _silo.Silo;

    /// <summary>The way of messages, which may lose some.</summary>
    public LosingTransit Transit => _transit ??= new LosingTransit(Time);

    /// <summary>Runs turns until nothing is left to do now.</summary>
    public void Settle()
    {
        while (_turns.RunTurn() || Time.FireNext(Time.GetTimestamp()))
        {
        }
    }

    /// <summary>The answer of a grain, once everything that follows from the question has happened.</summary>
    public T Ask<T>(Task<T> question)
    {
        Settle();
        Assert.True(question.IsCompleted, "the grain did not answer");
        return question.GetAwaiter().GetResult();
    }

    public void Tell(Task message)
    {
        Settle();
        Assert.True(message.IsCompleted, "the grain did not answer");
        message.GetAwaiter().GetResult();
    }

    /// <summary>Runs so many turns and no more.</summary>
    public void RunTurns(int turns)
    {
        for (var i = 0; i < turns && _turns.RunTurn(); i++)
        {
        }
    }

    /// <summary>Runs the next turn, or lets time pass until there is one; false when nothing ever happens.</summary>
    public bool RunTurn() => _turns.RunTurn() || Time.FireNext();

    /// <summary>Everything the grains have in memory is lost; the silo and its storage go on.</summary>
    public void DropAll()
    {
        foreach (var grain in Silo.ActiveGrains().Where(grain => !grain.ToString().Contains("ateway")))
        {
            Silo.Drop(grain);
        }
    }

    /// <summary>What a double does when it is called: everything happens on one thread here.</summary>
    public Task<T> OnThisThread<T>(Func<T> deed) => Task.FromResult(deed());

    private void Kill() => Silo.Kill();

    private void StartEngine()
    {
        _turns = new SeededTurnOrder(new Random(Seed));
        _silo = StandaloneSilo.Create(
            services => AddServices(services
                .AddSingleton<TimeProvider>(Clock)
                .AddSingleton<ITurnOrder>(_turns)
                .AddSingleton<IMessageTransit>(Transit)
                .AddSingleton<IStateStorage>(_storage)
                .AddSingleton<IReminderStorage>(_reminders)),
            typeof(ServiceCollectionExtensions).Assembly);
        Tell(Silo.Start());
    }
}
