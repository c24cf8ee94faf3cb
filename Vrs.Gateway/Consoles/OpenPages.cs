using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Vrs.Gateway.Accounts;
using Vrs.Gateway.Tokens;

namespace Vrs.Gateway.Consoles;

/// <summary>The hub connections open on this gateway, so that signing out closes them.</summary>
public sealed class OpenPages
{
    private readonly ConcurrentDictionary<string, (string SignIn, Action Abort)> _pages = new();

    /// <summary>None is open yet.</summary>
    /// <param name="signOuts">Tells which sign-ins are over, wherever that was asked for.</param>
    public OpenPages(SignOuts signOuts) => signOuts.Ended += Close;

    /// <summary>How many are open.</summary>
    public int Count => _pages.Count;

    internal void Opened(HubCallerContext page) =>
        _pages[page.ConnectionId] = (SignedInUser.From(page.User).SignIn, page.Abort);

    internal void Closed(HubCallerContext page) => _pages.TryRemove(page.ConnectionId, out _);

    private void Close(string signIn)
    {
        foreach (var page in _pages.Values.Where(p => p.SignIn == signIn))
        {
            page.Abort();
        }
    }
}
