using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Orleans;
using Vrs.Gateway.Accounts;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Operations;

namespace Vrs.Gateway.Consoles;

/// <summary>The operations page: the board, and ending a call.</summary>
/// <param name="grains">Reaches the grains.</param>
/// <param name="pages">Open pages.</param>
/// <param name="contexts">Makes clients that outlive one invocation.</param>
/// <param name="time">The clock of subscriptions.</param>
/// <param name="log">The log.</param>
public sealed class OperationsHub(
    IGrainFactory grains,
    OpenPages pages,
    IHubContext<OperationsHub, IOperationsClient> contexts,
    TimeProvider time,
    ILogger<OperationsHub> log) : Hub<IOperationsClient>
{
    private const string Board = "board";

    /// <inheritdoc/>
    public override async Task OnConnectedAsync()
    {
        var grain = grains.GetGrain<IOperationsGrain>(Board);
        var observer = new BoardObserver(contexts.Clients.Client(Context.ConnectionId));
        var reference = grains.CreateObjectReference<IBoardObserver>(observer);
        pages.Opened(Context);

        // The items keep the observer alive as long as the connection: grains hold it weakly.
        Context.Items[typeof(BoardObserver)] = observer;
        Context.Items[typeof(PageSubscription)] = await PageSubscription.Start(
            async () => await observer.OnBoard(await grain.Subscribe(reference)),
            async () =>
            {
                await grain.Unsubscribe(reference);
                grains.DeleteObjectReference<IBoardObserver>(reference);
            },
            SignedInUser.From(Context.User),
            time,
            log);
    }

    /// <inheritdoc/>
    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        pages.Closed(Context);
        if (Context.Items[typeof(PageSubscription)] is PageSubscription subscription)
        {
            await subscription.DisposeAsync();
        }
    }

    /// <summary>Asks for another interpreter for a call; returns null, or why not.</summary>
    [ForRoles(AccountRole.Operator)]
    public async Task<Refusal?> AskForColleague(CallId callId, ColleaguePurpose purpose)
    {
        var user = SignedInUser.From(Context.User);
        return PageInput.CheckCall(callId)
            ?? await grains.GetGrain<ICallGrain>(callId.Value)
                .AskForColleague(new ColleagueRequest(user.User, user.Role, purpose));
    }

    /// <summary>Cancels that, or sends the other interpreter away; returns null, or why not.</summary>
    [ForRoles(AccountRole.Operator)]
    public async Task<Refusal?> DismissColleague(CallId callId)
    {
        var user = SignedInUser.From(Context.User);
        return PageInput.CheckCall(callId)
            ?? await grains.GetGrain<ICallGrain>(callId.Value)
                .DismissColleague(new HangUpRequest(user.User, user.Role));
    }

    /// <summary>Ends a call; returns null, or why not.</summary>
    [ForRoles(AccountRole.Operator)]
    public async Task<Refusal?> EndCall(CallId callId)
    {
        var user = SignedInUser.From(Context.User);
        return PageInput.CheckCall(callId)
            ?? await grains.GetGrain<ICallGrain>(callId.Value).HangUp(new HangUpRequest(user.User, user.Role));
    }
}
