using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Vrs.Bench.Headless;

namespace Vrs.Tests.Integration.Headless;

/// <summary>The headless console against a hub of the test's own.</summary>
public sealed class HeadlessConsoleTests
{
    [Fact]
    public async Task What_the_hub_says_is_kept_and_what_it_answers_is_returned()
    {
        await using var app = await StartHub();
        await using var console = await HeadlessConsole.Connect(new Uri(app.Urls.Single()), "token");

        Assert.Null(await console.GoAvailable());
        var offer = await console.Offers.First("an offer", _ => true, Wait.Reply);
        Assert.Equal(new OfferNews("c1", 7, "Dana", "+15550201"), offer);
        Assert.Equal("stale", (await console.Accept(offer))?.Reason);
        var withdrawal = await console.Withdrawals.First("a withdrawal", _ => true, Wait.Reply);
        Assert.Equal(new WithdrawalNews("c1", 7, "missed"), withdrawal);
    }

    private static async Task<WebApplication> StartHub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapHub<TestHub>("/hubs/console");
        await app.StartAsync();
        return app;
    }

    /// <summary>Says to a console what the real hub would.</summary>
    public sealed class TestHub : Hub
    {
        public async Task<object?> GoAvailable()
        {
            await Clients.Caller.SendAsync(
                "offerMade",
                new { Call = "c1", Offer = 7, CallerName = "Dana", DialedNumber = "+15550201", More = "ignored" });
            return null;
        }

        public async Task<object?> Accept(string call, long offer)
        {
            await Clients.Caller.SendAsync("offerWithdrawn", call, offer, "missed");
            return new { Reason = "stale", Detail = "The offer is no longer open." };
        }
    }
}
