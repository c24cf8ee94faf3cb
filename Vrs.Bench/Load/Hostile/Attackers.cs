using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using Vrs.Bench.Headless;

namespace Vrs.Bench.Load.Hostile;

/// <summary>Asks everything who is there, with OPTIONS and REGISTER, as scanners do.</summary>
internal sealed class Scanner(Uri server, IPAddress address) : Attacker("scan", server, address)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(5);

    protected override async Task Attack(CancellationToken stop)
    {
        using var socket = await Connect(stop);
        var answers = NoteAnswers(socket, stop);
        for (var i = 0; socket.State == WebSocketState.Open && !stop.IsCancellationRequested; i++)
        {
            await Send(socket, SipText.Request(i % 2 == 0 ? "OPTIONS" : "REGISTER", $"{i:0000}", i, token: null), stop);
            await Pause(Beat, stop);
        }

        await answers;
    }
}

/// <summary>Guesses passwords, a hundred a second.</summary>
internal sealed class BruteForcer(Uri server, IPAddress address) : Attacker(Title, server, address)
{
    public const string Title = "brute force";

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);

    protected override async Task Attack(CancellationToken stop)
    {
        using var http = NewHttp();
        using var beats = new PeriodicTimer(Beat);
        var guesses = new List<Task>();
        while (await beats.WaitForNextTickAsync(stop))
        {
            guesses.RemoveAll(guess => guess.IsCompletedSuccessfully);
            guesses.Add(Guess(http, stop));
            if (guesses.Find(guess => guess.IsFaulted) is { } failed)
            {
                await failed;
            }
        }
    }

    private async Task Guess(HttpClient http, CancellationToken stop)
    {
        var guess = new { user = "dana", password = Words.Short() };
        using var response = await http.PostAsJsonAsync("/api/sign-in", guess, stop);
        Note($"answered {(int)response.StatusCode}");
    }
}

/// <summary>Calls without end, with a token that she made up.</summary>
internal sealed class InviteFlooder(Uri server, IPAddress address) : Attacker("INVITE flood", server, address)
{
    protected override async Task Attack(CancellationToken stop)
    {
        using var socket = await Connect(stop);
        var answers = NoteAnswers(socket, stop);
        for (var i = 0; socket.State == WebSocketState.Open && !stop.IsCancellationRequested; i++)
        {
            await Send(socket, SipText.Request("INVITE", "+15550201", i, token: i % 10 == 0 ? "forged" : null), stop);
            await Task.Yield();
        }

        await answers;
    }
}

/// <summary>Sends messages that are far too large.</summary>
internal sealed class Giant(Uri server, IPAddress address) : Attacker("giant messages", server, address)
{
    private static readonly string Padding = new('x', 2 * 1024 * 1024);

    protected override async Task Attack(CancellationToken stop)
    {
        using var socket = await Connect(stop);
        var answers = NoteAnswers(socket, stop);
        await Send(socket, SipText.Request("OPTIONS", Padding[..(256 * 1024)], 1, token: null), stop);
        await Send(socket, SipText.Request("OPTIONS", Padding, 2, token: null), stop);
        await answers;
    }
}

/// <summary>Opens connections and says next to nothing on them.</summary>
internal sealed class Sloth(Uri server, IPAddress address) : Attacker("half-open and slow", server, address)
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    protected override async Task Attack(CancellationToken stop)
    {
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < AtOnce; i++)
            {
                sockets.Add(await ConnectTcp(stop));
                await sockets[^1].SendAsync(new byte[] { 0x16 }, stop);
            }

            await Pause(Rest, stop);
            foreach (var closed in sockets.Select(socket => socket.Poll(0, SelectMode.SelectRead)))
            {
                Note(closed ? "closed by the server" : "still open after a second");
            }
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }
}

/// <summary>Requests of attackers.</summary>
internal static class SipText
{
    public static string Request(string method, string user, int cseq, string? token) =>
        $"{method} sip:{user}@vrs.local SIP/2.0\r\n" +
        $"Via: SIP/2.0/WSS x.invalid;branch=z9hG4bK{Words.Short()}\r\n" +
        "Max-Forwards: 70\r\n" +
        $"From: <sip:scan@vrs.local>;tag={Words.Short()}\r\n" +
        $"To: <sip:{(method == "REGISTER" ? "scan" : user)}@vrs.local>\r\n" +
        $"Call-ID: {Words.Short()}\r\n" +
        $"CSeq: {cseq + 1} {method}\r\n" +
        "Contact: <sip:scan@x.invalid;transport=ws>\r\n" +
        (token is null ? "" : $"Authorization: Bearer {token}\r\n") +
        "Content-Length: 0\r\n\r\n";
}
