using System.Globalization;
using System.Net.Http.Headers;
using System.Reflection;
using System.Security.Cryptography;
using Vrs.Bench.Headless;
using Vrs.Gateway.Sip.Messages;

namespace Vrs.Tests.Integration;

/// <summary>
/// Least privilege over SIP: every method sent by everybody, outside of dialogs, in a dialog of somebody else, and as a
/// new dialog that names somebody else's call.
/// </summary>
public sealed class SipRoleTests : RelayTest
{
    /// <summary>No answer at all: ACK has none.</summary>
    private const string Silence = "-";

    /// <summary>The call is taken: a provisional response, after which the test gives up.</summary>
    private const string Taken = "1xx";

    private const string Unknown = "FROBNICATE";

    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Who is answered what outside of dialogs.</summary>
    private const string Table = """
        method      caller interpreter phone operator auditor nobody expired signed-out
        REGISTER    200    200         200   403      403     401    401     401
        INVITE      1xx    403         1xx   403      403     401    401     401
        ACK         -      -           -     -        -       -      -       -
        BYE         481    481         481   481      481     481    481     481
        CANCEL      481    481         481   481      481     481    481     481
        OPTIONS     200    200         200   200      200     200    200     200
        INFO        481    481         481   481      481     481    481     481
        UPDATE      481    481         481   481      481     481    481     481
        PRACK       481    481         481   481      481     481    481     481
        REFER       405    405         405   405      405     405    405     405
        MESSAGE     405    405         405   405      405     405    405     405
        SUBSCRIBE   405    405         405   405      405     405    405     405
        NOTIFY      405    405         405   405      405     405    405     405
        PUBLISH     405    405         405   405      405     405    405     405
        FROBNICATE  405    405         405   405      405     405    405     405
        """;

    private static readonly string[][] Rows =
        [.. Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private static readonly string[] Who = Rows[0][1..];

    private static readonly Dictionary<string, string[]> Outside =
        Rows[1..].ToDictionary(row => row[0], row => row[1..]);

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Gateway:SigningKey"] = Convert.ToBase64String(Key),
    };

    /// <summary>With a call of somebody else nobody may begin a dialog.</summary>
    private static Dictionary<string, string[]> NobodysToTake => new()
    {
        ["INVITE"] = ["403", "403", "403", "403", "403", "401", "401", "401"],
    };

    /// <summary>In a dialog of somebody else nothing exists for anybody, whoever asks.</summary>
    private static Dictionary<string, string[]> InForeignDialog => Outside.ToDictionary(
        row => row.Key,
        row => row.Value[0] is "405" or Silence ? row.Value : [.. Who.Select(_ => "481")]);

    [Fact]
    public void Every_method_is_in_the_matrix()
    {
        var known = typeof(SipMethod).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(SipMethod))
            .Select(field => ((SipMethod)field.GetValue(null)!).Name);

        Assert.Equal(known.Append(Unknown).Order(), Outside.Keys.Order());
    }

    [Fact]
    public async Task Outside_of_dialogs_everybody_may_do_what_the_matrix_says_and_nothing_else()
    {
        var wrong = await Try(Outside, (phone, method) =>
            OutsideOfDialogs(phone, method, phone.Identity.User == "hugo" ? "+15550101" : "+15550201"));

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task In_a_dialog_of_somebody_else_nobody_may_do_anything_and_the_call_goes_on()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var call = await RelayWorld.Relay(dana, ines, hana);
        var before = call.Legs.ToDictionary(leg => leg, leg => leg.Requests.Count);

        var wrong = await Try(InForeignDialog, (phone, method) => InDialogOf(call.Caller, phone, method));

        Assert.Empty(wrong);
        Assert.All(call.Legs, leg => Assert.Equal(before[leg], leg.Requests.Count));
        Assert.Equal(200, (await call.Caller.Request("INVITE", "application/sdp", Sdp.VideoOffer())).Status);
        Assert.Equal(200, (await call.Caller.HangUp()).Status);
        await call.Ends();
    }

    [Fact]
    public async Task A_call_of_somebody_else_is_taken_over_by_nobody()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var call = await RelayWorld.Queue(dana, hana);
        var (offer, _) = await RelayWorld.Accept(ines);

        // From here her own interpreter could dial, and the caller resume.
        var wrong = await Try(NobodysToTake, (phone, method) =>
            OutsideOfDialogs(phone, method, "+15550202").Add("Vrs-Call", offer.Call));

        Assert.Empty(wrong);
        await call.Answered(Wait.Reply);
        Assert.Equal(200, (await call.HangUp()).Status);
    }

    [Fact]
    public async Task A_conversation_of_somebody_else_is_taken_over_by_nobody()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var call = await RelayWorld.Relay(dana, ines, hana);

        // From here her own relief could take the other party over.
        var wrong = await Try(NobodysToTake, (phone, method) =>
            OutsideOfDialogs(phone, method, "rejoin").Add("Vrs-Call", call.Caller.RelayCall!));

        Assert.Empty(wrong);
        Assert.Equal(200, (await call.Caller.HangUp()).Status);
        await call.Ends();
    }

    private async Task<List<string>> Try(
        Dictionary<string, string[]> matrix, Func<HeadlessPhone, string, PeerMessage> ask)
    {
        var wrong = new List<string>();
        for (var i = 0; i < Who.Length; i++)
        {
            await using var phone = await Open(Who[i]);
            foreach (var (method, row) in matrix)
            {
                var found = await Answer(phone, ask(phone, method));
                if (found != row[i])
                {
                    wrong.Add($"{method} by {Who[i]}: {found}, not {row[i]}");
                }
            }

        }

        return wrong;
    }

    private static PeerMessage OutsideOfDialogs(HeadlessPhone phone, string method, string number)
    {
        var me = $"<{phone.Identity.AddressOfRecord}>";
        var uri = method == "REGISTER" ? "sip:vrs.local" : $"sip:{number}@vrs.local";
        var request = phone.NewRequest(
            method, uri, $"{me};tag=t1", method == "REGISTER" ? me : $"<{uri}>", Guid.NewGuid().ToString("N"), 1);
        return Complete(phone, request);
    }

    // What the intruder cannot know is given to him: tags, Call-ID, and for CANCEL even the branch.
    private static PeerMessage InDialogOf(PeerCall call, HeadlessPhone phone, string method)
    {
        var (from, to) = ($"{call.LocalAddress};tag={call.LocalTag}", $"{call.RemoteAddress};tag={call.RemoteTag}");
        if (method == "CANCEL")
        {
            return PeerMessage.Request(method, call.Invite.RequestUri)
                .Add("Via", call.Invite["Via"]!)
                .Add("Max-Forwards", "69")
                .Add("To", call.RemoteAddress)
                .Add("From", from)
                .Add("Call-ID", call.CallId)
                .Add("CSeq", $"{call.Invite.CSeqNumber} CANCEL");
        }

        return Complete(phone, phone.NewRequest(method, call.RemoteTarget, from, to, call.CallId, 500));
    }

    private static PeerMessage Complete(HeadlessPhone phone, PeerMessage request) => request.Method switch
    {
        "REGISTER" or "SUBSCRIBE" => request.Add("Contact", $"<{phone.Identity.ContactUri}>").Add("Expires", "60"),
        "INVITE" or "UPDATE" => request.Add("Contact", $"<{phone.Identity.ContactUri}>")
            .With("application/sdp", Sdp.VideoOffer()),
        "PRACK" => request.Add("RAck", "1 1 INVITE"),
        _ => request,
    };

    private static async Task<string> Answer(HeadlessPhone phone, PeerMessage request)
    {
        if (request.Method == "ACK")
        {
            await phone.SendRaw(request.ToWire());
            await (await phone.Begin(OutsideOfDialogs(phone, "OPTIONS", "+15550201"))).Final(Wait.Reply);
            var answer = phone.Wire.Items.FirstOrDefault(line => !line.Sent && line.Message.CSeqMethod == "ACK");
            return answer?.Message.StartLine ?? Silence;
        }

        var exchange = await phone.Begin(request);
        var response = await exchange.Responses.First(
            $"an answer to {request.Method}", answer => answer.Status > 100, Wait.Reply);
        if (response.Status >= 200)
        {
            return response.Status.ToString(CultureInfo.InvariantCulture);
        }

        var cancel = PeerMessage.Request("CANCEL", request.RequestUri);
        foreach (var name in (string[])["Via", "Max-Forwards", "To", "From", "Call-ID"])
        {
            cancel.Add(name, request[name]!);
        }

        await (await phone.Begin(cancel.Add("CSeq", $"{request.CSeqNumber} CANCEL"))).Final(Wait.Reply);
        await exchange.Final(Wait.Reply);
        return Taken;
    }

    private async Task<HeadlessPhone> Open(string who)
    {
        var later = DateTimeOffset.UtcNow.AddMinutes(5);
        var (user, token) = who switch
        {
            "caller" => ("deniz", await TokenOf("deniz")),
            "interpreter" => ("ivan", await TokenOf("ivan")),
            "phone" => ("hugo", await TokenOf("hugo")),
            "operator" => ("olga", await TokenOf("olga")),
            "auditor" => ("audrey", HandmadeToken.Make(Key, "audrey", later, role: "auditor")),
            "nobody" => ("deniz", null),
            "expired" => ("deniz", HandmadeToken.Make(Key, "deniz", later.AddMinutes(-6))),
            "signed-out" => ("deniz", await SignedOut("deniz")),
            _ => throw new ArgumentOutOfRangeException(nameof(who), who, "Nobody is called that."),
        };
        var phone = new HeadlessPhone(World.Sip, new PeerIdentity(user, "vrs.local", token)) { KeepWire = true };
        await phone.Connect();
        return phone;
    }

    private async Task<string> TokenOf(string user) =>
        (await SignedIn.SignIn(World.Http, user, RelayWorld.Password)).AccessToken;

    private async Task<string> SignedOut(string user)
    {
        var token = await TokenOf(user);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/sign-out");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await World.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return token;
    }
}
