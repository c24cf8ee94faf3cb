using Microsoft.AspNetCore.SignalR;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;

namespace Vrs.Gateway.Consoles;

/// <summary>What the page of a caller, phone or interpreter is told.</summary>
public interface IConsoleClient
{
    /// <summary>A call this user is part of changed.</summary>
    [HubMethodName("callChanged")]
    Task CallChanged(CallView view);

    /// <summary>This interpreter's own status changed.</summary>
    [HubMethodName("interpreterChanged")]
    Task InterpreterChanged(InterpreterView view);

    /// <summary>An offer for this interpreter.</summary>
    [HubMethodName("offerMade")]
    Task OfferMade(OfferView offer);

    /// <summary>The offer of this number is no longer open.</summary>
    [HubMethodName("offerWithdrawn")]
    Task OfferWithdrawn(CallId call, long offer, ReleaseReason reason);
}
