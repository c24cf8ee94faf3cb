using System.Collections.Concurrent;
using Vrs.Gateway.Sip.Messages;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Tests.Gateway.Sdp;

namespace Vrs.Tests.Gateway.Legs;

/// <summary>
/// Devices and calls that do anything at any time. Whatever happens: every request of the device gets exactly one final
/// response, the call is told of an end at most once, and ending the leg leaves nothing behind. Repeat one case with
/// <c>VRS_SEED=n dotnet test Vrs.Tests --filter LegProperties</c>.
/// </summary>
public sealed class LegProperties
{
    private const int Cases = 150;
    private const int Steps = 12;

    [Fact]
    public async Task A_leg_the_call_opens_survives_anything() => await ForEachSeed(outbound: true);

    [Fact]
    public async Task A_leg_the_device_opens_survives_anything() => await ForEachSeed(outbound: false);

    private static async Task ForEachSeed(bool outbound)
    {
        var seeds = Environment.GetEnvironmentVariable("VRS_SEED") is { } one
            ? [int.Parse(one)]
            : Enumerable.Range(0, Cases);
        foreach (var seed in seeds)
        {
            try
            {
                await new Case(new Random(seed), outbound).Run();
            }
            catch (Exception fault)
            {
                Assert.Fail($"VRS_SEED={seed} dotnet test Vrs.Tests --filter LegProperties repeats this: {fault}");
            }
        }
    }

    private sealed class Case(Random random, bool outbound)
    {
        private readonly LegWorld _world = new();
        private readonly ConcurrentDictionary<string, int> _finals = new();
        private readonly List<SipRequest> _sent = [];
        private readonly ConcurrentQueue<SipRequest> _received = new();
        private TestDevice _device = null!;
        private FakeCall _call = null!;
        private LegRef _leg;
        private SipRequest _invite = null!;
        private SipResponse? _ok;
        private long _sequence = 1;
        private Task _reading = Task.CompletedTask;

        public async Task Run()
        {
            _device = await _world.Registered(outbound ? "hana" : "dana");
            await Open();
            _reading = Read();
            for (var step = 0; step < Steps; step++)
            {
                await Step();
            }

            await _world.Perform(_device, new EndLeg(_leg, ++_sequence, FakeCall.Session, 480, "Over", null));
            await Settle();
            _device.Disconnect();
            await _reading;
            Check();
        }

        private async Task Open()
        {
            if (outbound)
            {
                _call = _world.Grains.Call("c1");
                _leg = new LegRef(_call.Id, 1);
                var offer = random.Next(3) == 0 ? null : new SdpText(SdpSamples.Offer);
                await _world.Do(_device, new InviteLeg(
                    _leg, 1, FakeCall.Session, LegRole.Callee, "DANA", null, offer, null, TimeSpan.FromSeconds(30)));
                _invite = await _device.Expect(SipMethod.Invite);
                return;
            }

            _invite =
                await Sent(InboundLegTests.WithOffer(_device.Request(SipMethod.Invite, "sip:+15550201@vrs.local")));
            _call = await _world.NewCall();
            _leg = new LegRef(_call.Id, 1);
            await LegWorld.Told<StartCall>(_call);
        }

        private Task Step() => random.Next(12) switch
        {
            0 => Respond(180),
            1 => Respond(200),
            2 => Respond(486),
            3 => random.Next(4) == 0
                ? InDialog(SipMethod.Info, ("Vrs-Successor-Shown", "yes"))
                : InDialog(SipMethod.Info),
            4 => InDialog(SipMethod.Update),
            5 => InDialog(SipMethod.Invite),
            6 => random.Next(3) == 0 ? InDialog(SipMethod.Bye) : Ack(),
            7 => random.Next(3) == 0 && !outbound ? _device.Cancel(_invite) : Ack(),
            8 => Command(new SendProgress(_leg, ++_sequence, FakeCall.Session, 182, null)),
            9 => Command(random.Next(2) == 0
                ? new AnswerLeg(_leg, ++_sequence, FakeCall.Session, new SdpText(SdpSamples.Answer))
                : new AcknowledgeLeg(_leg, ++_sequence, FakeCall.Session, new SdpText(SdpSamples.Answer))),
            10 when random.Next(8) == 0 => Command(new EndLeg(
                _leg, ++_sequence, FakeCall.Session, 487, "Another interpreter took over.", null, Superseded: true)),
            10 => Command(new ForwardRequest(
                _leg, 0, FakeCall.Session, 2, 5, "INFO", new BodyText("text/plain", "x"), Dialog)),
            _ => Advance(),
        };

        private static DialogState Dialog =>
            new("x", "c1-x", "x", "<sip:a@vrs.local>", "<sip:c@vrs.local>", "sip:e@f.invalid", [], 1, 1);

        private Task Advance()
        {
            _world.Time.Advance(TimeSpan.FromSeconds(random.Next(40)));
            return Task.CompletedTask;
        }

        private async Task Command(LegCommand command) => await _world.Perform(_device, command);

        private async Task Respond(int status)
        {
            var target = outbound ? _invite : _received.TryDequeue(out var request) ? request : null;
            if (target is not null)
            {
                await _device.Answer(target, status, status == 200 ? SdpSamples.Answer : null);
            }
        }

        private async Task InDialog(SipMethod method, params (string Name, string Value)[] headers)
        {
            var request = outbound
                ? _device.InDialog(method, _invite, "device-tag", headers)
                : _ok is null ? null : _device.InDialog(method, _ok, headers);
            if (request is not null)
            {
                await Sent(method == SipMethod.Bye ? request : InboundLegTests.WithOffer(request));
            }
        }

        private async Task Ack()
        {
            if (_ok is { } ok)
            {
                await _device.Send(_device.InDialog(SipMethod.Ack, ok));
            }
        }

        private async Task<SipRequest> Sent(SipRequest request)
        {
            _sent.Add(request);
            return await _device.Send(request);
        }

        private async Task Read()
        {
            try
            {
                while (true)
                {
                    Take(await _device.Next());
                }
            }
            catch (System.Threading.Channels.ChannelClosedException)
            {
                // The device was disconnected: all that came before has been read.
            }
        }

        private void Take(SipMessage message)
        {
            if (message is SipRequest request)
            {
                _received.Enqueue(request);
            }
            else if (message is SipResponse { IsFinal: true } response && response.CSeq.Method != SipMethod.Cancel)
            {
                if (response is { IsSuccess: true } && response.CSeq == _invite.CSeq)
                {
                    // A 2xx is repeated until its ACK comes: copies are no second answers.
                    if (Interlocked.CompareExchange(ref _ok, response, null) is not null)
                    {
                        return;
                    }
                }

                _finals.AddOrUpdate(response.TopVia!.Branch!, 1, (_, count) => count + 1);
            }
        }

        /// <summary>Lets every wait of the gateway end.</summary>
        private async Task Settle()
        {
            for (var step = 0; step < 60 && _sent.Any(request => !_finals.ContainsKey(request.TopVia!.Branch!)); step++)
            {
                _world.Time.Advance(TimeSpan.FromSeconds(5));
                await Task.Delay(2);
            }

            // What was accepted on the loop before this is done when this is.
            await _world.Perform(_device, new ReportDescription(_leg, ++_sequence, FakeCall.Session));
        }

        private void Check()
        {
            foreach (var request in _sent)
            {
                var count = _finals.GetValueOrDefault(request.TopVia!.Branch!);
                var copies = request.Method == SipMethod.Invite ? 100 : 1;
                Assert.True(count >= 1 && count <= copies, $"{request.Method} got {count} final responses.");
            }

            var reports = new List<object>();
            while (_call.Told.Reader.TryRead(out var report))
            {
                reports.Add(report);
            }

            Assert.True(
                reports.Count(report => report is LegEnded or LegRejected) <= 1,
                $"The call was told of the end more than once: {string.Join(", ", reports)}");
        }
    }
}
