using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Consoles;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Operations;

namespace Vrs.Tests.Domain.Grains;

/// <summary>What pages are told.</summary>
public sealed class ConsoleGrainTests : IDisposable
{
    private readonly GrainWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_page_that_comes_back_is_shown_the_truth_at_once()
    {
        Offered();

        var shown = _world.ShownOn("ines");

        Assert.Equal(InterpreterStatus.Reserved, Assert.Single(shown.OfType<InterpreterChanged>()).View.Status);
        Assert.Equal(new CallId("call1"), Assert.Single(shown.OfType<OfferMade>()).Offer.Call);
    }

    [Fact]
    public void An_offer_that_lapsed_is_not_shown_again()
    {
        Offered();
        _world.Pass(TimeSpan.FromSeconds(16));

        Assert.Empty(_world.ShownOn("ines").OfType<OfferMade>());
    }

    [Fact]
    public void A_late_word_from_before_she_was_asked_takes_no_offer_away()
    {
        Offered();
        var shown = _world.ShownOn("ines");
        var asOf = Assert.Single(shown.OfType<OfferMade>()).Offer.AsOf;
        var view = Assert.Single(shown.OfType<InterpreterChanged>()).View with { Status = InterpreterStatus.Available };
        var console = _world.Grains.GetGrain<IConsoleGrain>("ines");

        _world.Tell(console.Publish(new InterpreterChanged(view with { Version = asOf - 1 })));
        Assert.Single(_world.ShownOn("ines").OfType<OfferMade>());

        _world.Tell(console.Publish(new InterpreterChanged(view with { Version = asOf })));
        Assert.Empty(_world.ShownOn("ines").OfType<OfferMade>());
    }

    [Fact]
    public void The_caller_is_shown_her_place_in_line()
    {
        _world.Register("dana");
        _world.Dial();
        _world.Pass(TimeSpan.FromSeconds(3));

        var call = Assert.Single(_world.ShownOn("dana").OfType<CallChanged>()).View;
        Assert.Equal(1, call.Queue?.Position);
        Assert.Contains(_world.Gateway.Of<SendProgress>(), progress => progress is { Status: 182, Queue.Position: 1 });
    }

    [Fact]
    public void The_board_shows_calls_queues_interpreters_and_recent_ends()
    {
        Offered();
        var board = Board();
        Assert.Equal(CallPhase.Offered, Assert.Single(board.Calls).Phase);
        Assert.Equal("ines", Assert.Single(board.Interpreters).Interpreter.Value);
        Assert.Equal(1, Assert.Single(board.Queues).Reserved);

        Assert.Null(_world.Ask(_world.Call().HangUp(new HangUpRequest(new UserId("olga"), AccountRole.Operator))));
        _world.Pass(TimeSpan.FromSeconds(1));
        board = Board();
        Assert.Empty(board.Calls);
        Assert.Equal(EndReason.OperatorEnded, Assert.Single(board.RecentEnds).EndReason);
    }

    [Fact]
    public void Pages_hear_of_the_board_at_most_four_times_a_second()
    {
        var page = new BoardDouble();
        _world.Ask(Operations.Subscribe(_world.Grains.CreateObjectReference<IBoardObserver>(page)));
        Offered();
        _world.Pass(TimeSpan.FromSeconds(1));

        Assert.InRange(page.Boards, 1, 5);
    }

    /// <summary>Not after two minutes of the test runner's clock, which no test could wait for.</summary>
    [Fact]
    public void Pages_that_do_not_renew_are_told_for_two_minutes_of_the_grains_clock()
    {
        _world.ComeToWork("ines");
        _world.Pass(TimeSpan.FromSeconds(1));
        var (board, page) = (new BoardDouble(), new PageDouble());
        _world.Ask(Operations.Subscribe(_world.Grains.CreateObjectReference<IBoardObserver>(board)));
        _world.Ask(Console.Subscribe(_world.Grains.CreateObjectReference<IConsoleObserver>(page)));
        _world.Pass(TimeSpan.FromSeconds(119));
        Publish();
        // The board once as it stood, too.
        Assert.Equal((2, 1), (board.Boards, page.Messages));

        _world.Pass(TimeSpan.FromSeconds(2));
        Publish();
        Assert.Equal((2, 1), (board.Boards, page.Messages));
    }

    private IConsoleGrain Console => _world.Grains.GetGrain<IConsoleGrain>("dana");

    private IOperationsGrain Operations => _world.Grains.GetGrain<IOperationsGrain>("board");

    private BoardView Board() => _world.Ask(Operations.GetBoard());

    private void Publish()
    {
        var view = _world.ViewOf("ines");
        _world.Tell(Console.Publish(new InterpreterChanged(view)));
        _world.Tell(Operations.InterpreterChanged(view));
        _world.Pass(TimeSpan.FromSeconds(1));
    }

    private void Offered()
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        _world.Dial();
        _world.Pass(TimeSpan.FromMilliseconds(100));
    }

    private sealed class BoardDouble : IBoardObserver
    {
        public int Boards { get; private set; }

        public Task OnBoard(BoardView board)
        {
            Boards++;
            return Task.CompletedTask;
        }
    }
}
