using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Vrs.Gateway.Accounts;

namespace Vrs.Gateway.Consoles;

/// <summary>The hub connections open on this gateway, so that signing out closes them.</summary>
public sealed class OpenPages
{
    private readonly ConcurrentDictionary<string, (string SignIn, Action Abort)> _pages = new();

    /// <summary>How many are open.</summary>
    public int Count => _pages.Count;

    internal void Opened(HubCallerContext page) =>
        _pages[page.ConnectionId] = (SignedInUser.From(page.User).SignIn, page.Abort);

    internal void Closed(HubCallerContext page) => _pages.TryRemove(page.ConnectionId, out _);

    /// <summary>Closes every page of a sign-in.</summary>
    public void Close(string signIn)
    {
        foreach (var page in _pages.Values.Where(p => p.SignIn == signIn))
        {
            page.Abort();
        }
    }
}
