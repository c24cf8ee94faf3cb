using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Orleans;
using Vrs.Gateway.Accounts;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Consoles;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Gateway.Consoles;

/// <summary>
/// The pages of callers, phones and interpreters. It tells what they see and takes what they ask for; calls themselves
/// are made over SIP. Every method returns null, or why not.
/// </summary>
/// <param name="grains">Reaches the grains.</param>
/// <param name="pages">Open pages.</param>
/// <param name="contexts">Makes clients that outlive one invocation.</param>
/// <param name="time">The clock of subscriptions.</param>
/// <param name="log">The log.</param>
public sealed class ConsoleHub(
    IGrainFactory grains,
    OpenPages pages,
    IHubContext<ConsoleHub, IConsoleClient> contexts,
    TimeProvider time,
    ILogger<ConsoleHub> log) : Hub<IConsoleClient>
{
    private UserId User => SignedInUser.From(Context.User).User;

    private IInterpreterGrain Interpreter => grains.GetGrain<IInterpreterGrain>(User.Value);

    /// <inheritdoc/>
    public override async Task OnConnectedAsync()
    {
        var grain = grains.GetGrain<IConsoleGrain>(User.Value);
        var observer = new ConsoleObserver(contexts.Clients.Client(Context.ConnectionId));
        var reference = grains.CreateObjectReference<IConsoleObserver>(observer);
        pages.Opened(Context);

        // The items keep the observer alive as long as the connection: grains hold it weakly.
        Context.Items[typeof(ConsoleObserver)] = observer;
        Context.Items[typeof(PageSubscription)] = await PageSubscription.Start(
            async () =>
            {
                foreach (var message in await grain.Subscribe(reference))
                {
                    await observer.OnMessage(message);
                }
            },
            async () =>
            {
                await grain.Unsubscribe(reference);
                grains.DeleteObjectReference<IConsoleObserver>(reference);
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

    /// <summary>Ends a call this user is part of, for when SIP cannot.</summary>
    [ForRoles(AccountRole.Caller, AccountRole.Phone, AccountRole.Interpreter)]
    public async Task<Refusal?> HangUp(CallId callId)
    {
        var user = SignedInUser.From(Context.User);
        return PageInput.CheckCall(callId)
            ?? await grains.GetGrain<ICallGrain>(callId.Value).HangUp(new HangUpRequest(user.User, user.Role));
    }

    /// <summary>The caller wants to be called back instead of waiting; ending the call takes that back.</summary>
    [ForRoles(AccountRole.Caller, AccountRole.Phone)]
    public async Task<Refusal?> RequestCallback(CallId callId) =>
        PageInput.CheckCall(callId) ?? await grains.GetGrain<ICallGrain>(callId.Value).RequestCallback(User);

    /// <summary>The interpreter who serves the call wants another to take her place, or to join her.</summary>
    [ForRoles(AccountRole.Interpreter)]
    public async Task<Refusal?> AskForColleague(CallId callId, ColleaguePurpose purpose) =>
        PageInput.CheckCall(callId)
        ?? await grains.GetGrain<ICallGrain>(callId.Value)
            .AskForColleague(new ColleagueRequest(User, AccountRole.Interpreter, purpose));

    /// <summary>The search is cancelled or the other interpreter sent away; or she leaves by herself.</summary>
    [ForRoles(AccountRole.Interpreter)]
    public async Task<Refusal?> DismissColleague(CallId callId) =>
        PageInput.CheckCall(callId)
        ?? await grains.GetGrain<ICallGrain>(callId.Value)
            .DismissColleague(new HangUpRequest(User, AccountRole.Interpreter));

    /// <summary>The interpreter comes to work, or moves to this console.</summary>
    /// <param name="device">The page's SIP device (RFC 5626 instance); null for whichever is newest.</param>
    [ForRoles(AccountRole.Interpreter)]
    public async Task<Refusal?> SignIn(string? device) =>
        PageInput.CheckDevice(device) ?? await Interpreter.SignIn(device is null ? null : DeviceId.From(device));

    /// <summary>The interpreter ends her work.</summary>
    [ForRoles(AccountRole.Interpreter)]
    public Task<Refusal?> SignOut() => Interpreter.SignOut();

    /// <summary>The interpreter wants calls.</summary>
    [ForRoles(AccountRole.Interpreter)]
    public Task<Refusal?> GoAvailable() => Interpreter.GoAvailable();

    /// <summary>The interpreter takes a break.</summary>
    [ForRoles(AccountRole.Interpreter)]
    public Task<Refusal?> TakeBreak(BreakKind kind, string? note) => Interpreter.TakeBreak(kind, (note ?? "").Trim());

    /// <summary>The interpreter needs longer to wrap up.</summary>
    [ForRoles(AccountRole.Interpreter)]
    public Task<Refusal?> ExtendWrapUp(long deadline) => Interpreter.ExtendWrapUp(deadline);

    /// <summary>The interpreter accepts the offer of this number.</summary>
    [ForRoles(AccountRole.Interpreter)]
    public async Task<Refusal?> Accept(CallId callId, long offer) =>
        PageInput.CheckCall(callId) ?? await Interpreter.Accept(callId, offer);

    /// <summary>The interpreter declines the offer of this number.</summary>
    [ForRoles(AccountRole.Interpreter)]
    public async Task<Refusal?> Decline(CallId callId, long offer) =>
        PageInput.CheckCall(callId) ?? await Interpreter.Decline(callId, offer);
}
