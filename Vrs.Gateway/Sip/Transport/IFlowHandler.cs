using Vrs.Gateway.Sip.Checks;
using Vrs.Gateway.Sip.Transactions;

namespace Vrs.Gateway.Sip.Transport;

/// <summary>
/// The application of one flow: its user agent core. All its methods are called on the flow's loop, and an <c>await</c>
/// in them goes on there, so it needs no locks.
/// </summary>
public interface IFlowHandler : ITransactionUser
{
    /// <summary>What a request must pass before it gets to <see cref="ITransactionUser.OnRequest"/>.</summary>
    RequestChecks Checks => RequestChecks.Default;

    /// <summary>The flow is gone; its pending requests were told so. Called once, last.</summary>
    void OnClosed(FlowClose close);
}

/// <summary>Makes the application object of each new flow.</summary>
public interface IFlowHandlerFactory
{
    /// <summary>A flow was opened. Called on its loop, before its first message.</summary>
    IFlowHandler Create(Flow flow);
}
