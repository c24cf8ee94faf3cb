using System.Globalization;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Tests.Gateway.Sip;

namespace Vrs.Tests.Gateway.Fuzz;

/// <summary>
/// Random walks through a transaction layer: messages come late, twice, in any order; users answer when they like, or
/// never; the transport fails. Nothing throws, everybody hears one end, and nothing is left behind.
/// </summary>
[Trait("Suite", "Fuzz")]
public sealed class TransactionWalkTests
{
    private const int Walks = 300;
    private const int Steps = 200;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_walk_leaves_nothing_behind(bool reliable)
    {
        var set = Environment.GetEnvironmentVariable("VRS_SEED");
        var first = set is null ? 1 : int.Parse(set, CultureInfo.InvariantCulture);
        for (var seed = first; seed < first + (set is null ? Walks : 1); seed++)
        {
            try
            {
                new Walk(seed, reliable).Run();
            }
            catch (Exception error)
            {
                Assert.Fail(
                    $"{error.Message}\n{error.StackTrace}\nAgain: VRS_SEED={seed} dotnet test Vrs.Tests --filter"
                    + $" {nameof(TransactionWalkTests)}");
            }
        }
    }

    private sealed class Walk(int seed, bool reliable)
    {
        private static readonly SipMethod[] Methods =
            [SipMethod.Invite, SipMethod.Options, SipMethod.Info, SipMethod.Bye, SipMethod.Ack, SipMethod.Cancel];

        private static readonly int[] Statuses = [100, 180, 183, 200, 202, 302, 404, 486, 487, 500, 603];

        private readonly Random _random = new(seed);
        private readonly SipBench _bench = new(reliable);
        private readonly List<(ClientTransaction Transaction, ResponseLog Log)> _clients = [];

        public void Run()
        {
            for (var step = 0; step < Steps; step++)
            {
                Step();
            }

            // Then faults stop, every INVITE that still rings is cancelled, and time passes.
            _bench.Works = true;
            _clients.ForEach(client => client.Transaction.Cancel());
            _bench.Requests.ForEach(transaction => transaction.Respond(500));
            _bench.Advance(200);
            Assert.Equal((0, 0), (_bench.Layer.Count, _bench.ArmedTimers));
            Assert.All(_clients, client => Judge(client.Transaction, client.Log));
        }

        private static void Judge(ClientTransaction transaction, ResponseLog log)
        {
            var finals = log.Responses.SkipWhile(response => response.IsProvisional).ToList();
            Assert.NotEmpty(finals);
            Assert.True(finals.All(response => response.IsFinal), "A provisional response came behind a final one.");
            Assert.True(
                finals.Count == 1 || (transaction.IsInvite && finals.All(response => response.IsSuccess)),
                $"{transaction.Request} heard {log.Text}.");
            Assert.Equal(finals.Count, finals.Select(response => response.To.Tag).Distinct().Count());
        }

        private void Step()
        {
            switch (_random.Next(8))
            {
                case 0:
                    _bench.Layer.Receive(Incoming());
                    break;
                case 1 when _bench.Requests.Count > 0:
                    Pick(_bench.Requests).Respond(Pick(Statuses));
                    break;
                case 2:
                    Send();
                    break;
                case 3 or 4 when _clients.Count > 0:
                    Respond(Pick(_clients).Transaction);
                    break;
                case 5 when _clients.Count > 0:
                    Pick(_clients).Transaction.Cancel();
                    break;
                case 6:
                    _bench.Advance(_random.NextDouble() * (_random.Next(4) == 0 ? 40 : 2));
                    break;
                default:
                    _bench.Works = _random.Next(10) > 0;
                    break;
            }
        }

        // Few names, so that they meet: the same call again, its ACK, its CANCEL, the same call on another branch.
        private SipRequest Incoming()
        {
            var method = Pick(Methods);
            return SipSamples.Request(SipSamples.Invite
                .Replace("INVITE sip", $"{method} sip", StringComparison.Ordinal)
                .Replace("9314 INVITE", $"{_random.Next(1, 3)} {method}", StringComparison.Ordinal)
                .Replace("z9hG4bK7311462", $"z9hG4bK{_random.Next(6)}", StringComparison.Ordinal)
                .Replace("i2dc8tkt2bkjlfu6bg4k", $"call{_random.Next(3)}", StringComparison.Ordinal));
        }

        private void Send()
        {
            var log = new ResponseLog();
            var request = SipRequest.Create(
                _random.Next(2) == 0 ? SipMethod.Invite : SipMethod.Info,
                SipUri.Parse("sip:x@y.invalid"),
                NameAddress.Parse("<sip:a@b>;tag=1"),
                NameAddress.Parse("<sip:c@d>"),
                "call",
                1);
            var limit = _random.Next(3) == 0 ? TimeSpan.FromSeconds(_random.Next(1, 60)) : (TimeSpan?)null;
            _clients.Add((_bench.Layer.Send(request, log, limit), log));
        }

        private void Respond(ClientTransaction transaction)
        {
            var response = SipResponse.For(transaction.Request, Pick(Statuses), $"fork{_random.Next(3)}");
            _bench.Layer.Receive(response);
            if (response.IsSuccess && transaction.IsInvite && _random.Next(2) == 0)
            {
                transaction.Acknowledge(SipRequest.Create(
                    SipMethod.Ack, transaction.Request.RequestUri, response.From, response.To, "call", 1));
            }
        }

        private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
    }
}
