import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeUserAgent } from '../../tests/fakeUserAgent';
import { session } from '../../tests/samples';
import type { SipCall } from './sipCall';
import { type LineState, SipPhone } from './sipPhone';

function setUp() {
  const ua = new FakeUserAgent();
  const lines: LineState[] = [];
  const incoming: SipCall[] = [];
  const unauthorized = vi.fn();
  const phone = new SipPhone(
    session(),
    { line: line => lines.push(line), incoming: call => incoming.push(call), unauthorized },
    () => ua.asUserAgent,
  );
  phone.start();
  const call = (user = '+15550201', headers: string[] = []) =>
    phone.call(user, { stream: new MediaStream(), receiveVideo: true, iceServers: [], headers });
  return { ua, lines, incoming, unauthorized, phone, call };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the line', () => {
  it('is ready once registered and down without a socket', () => {
    const { ua, lines } = setUp();
    ua.connect();
    ua.disconnect();
    ua.connect();
    expect(lines).toEqual(['ready', 'down', 'ready']);
  });

  it('asks for a new token when it is refused, and registers again with it', () => {
    const { ua, lines, phone, unauthorized } = setUp();
    ua.emit('registrationFailed', { response: { status_code: 401 } });
    expect(lines).toEqual(['refused']);
    expect(unauthorized).toHaveBeenCalledTimes(1);
    phone.setToken('access-2');
    expect(ua.settings.authorization_jwt).toBe('Bearer access-2');
    expect(ua.asked).toEqual(['register']);
  });

  it('does not register again for every fresh token while all is well', () => {
    const { ua, phone } = setUp();
    ua.connect();
    phone.setToken('access-2');
    expect(ua.asked).not.toContain('register');
  });

  it('tries again after any other refusal', async () => {
    const { ua } = setUp();
    ua.emit('registrationFailed', { response: { status_code: 503 } });
    await vi.advanceTimersByTimeAsync(2_100);
    expect(ua.asked).toEqual(['register']);
  });
});

describe('the watchdog', () => {
  it('leaves a line alone that answers', async () => {
    const { ua } = setUp();
    ua.connect();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(ua.asked.filter(what => what === 'options').length).toBeGreaterThan(5);
    expect(ua.asked).not.toContain('connect');
  });

  it('makes the connection anew when a question stays unanswered', async () => {
    const { ua, lines } = setUp();
    ua.connect();
    ua.optionsAnswered = false;
    await vi.advanceTimersByTimeAsync(5_100);
    expect(ua.asked).toContain('connect');
    expect(lines).toEqual(['ready', 'down', 'ready']);
  });
});

describe('an attempt to connect', () => {
  it('is given up when it hangs, and made anew; the line is down until one succeeds', async () => {
    const { ua, lines } = setUp();
    ua.connect();
    ua.disconnect();
    ua.emit('connecting', {});
    await vi.advanceTimersByTimeAsync(9_000);
    expect(lines).toEqual(['ready', 'down']);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(ua.asked).toContain('connect');
    expect(lines).toEqual(['ready', 'down', 'ready']);
  });
});

describe('a call', () => {
  it('learns its id from the first answer', () => {
    const { ua, call } = setUp();
    ua.connect();
    const placed = call();
    expect(ua.called[0]?.target).toBe('sip:+15550201@vrs.local');
    ua.sessions[0]?.progress({ 'Vrs-Call': 'c-1' });
    expect(placed.callId).toBe('c-1');
  });

  it('tells a lost connection from a cancel, though the SIP stack reports both alike', () => {
    const { ua, phone, call } = setUp();
    ua.connect();
    const lost = call();
    const cancelled = call();
    ua.sessions[0]?.loseSocket();
    ua.connect();
    phone.hangUp(cancelled);
    expect(lost.end).toMatchObject({ dropped: true });
    expect(cancelled.end).toMatchObject({ dropped: false, by: 'local' });
  });

  it('survives a request that was in flight when the socket dropped, once it is answered', () => {
    const { ua, call } = setUp();
    ua.connect();
    const placed = call();
    const own = ua.sessions[0];
    own?.onTransportError();
    expect(own?.asked).toEqual(['transportError']);
    own?.establish({ 'Vrs-Call': 'c-1' });
    own?.onTransportError();
    expect(own?.asked).toEqual(['transportError']);
    expect(placed.end).toBeNull();
  });

  it('is not ended by a media path that failed: the service may bring another interpreter', () => {
    const { ua, call } = setUp();
    ua.connect();
    const placed = call();
    const mediaLost = vi.fn();
    placed.events = { mediaLost };
    ua.sessions[0]?.establish();
    ua.sessions[0]?.terminate({ cause: 'RTP Timeout', status_code: 408 });
    expect(mediaLost).toHaveBeenCalled();
    expect(placed.end).toBeNull();
  });

  it('is hung up when the line is back, if that was asked for while it was down', () => {
    const { ua, phone, call } = setUp();
    ua.connect();
    const placed = call();
    ua.sessions[0]?.establish();
    ua.disconnect();
    expect(phone.hangUp(placed)).toBe('owed');
    expect(ua.sessions[0]?.asked).toEqual([]);
    ua.connect();
    expect(ua.sessions[0]?.asked).toEqual(['terminate']);
  });

  it('is not sent without any network path', async () => {
    const { ua, call } = setUp();
    ua.connect();
    const noPath = vi.fn();
    const placed = call();
    placed.events = { noPath };
    ua.sessions[0]?.emit('sdp', { originator: 'local', sdp: 'v=0\r\nm=audio 9 x' });
    await vi.advanceTimersByTimeAsync(0);
    expect(noPath).toHaveBeenCalledTimes(1);
    expect(placed.end).toMatchObject({ dropped: false });
  });
});

describe('hold', () => {
  const setUpHeld = () => {
    const { ua, call } = setUp();
    ua.connect();
    const placed = call();
    const held = vi.fn();
    placed.events = { held };
    ua.sessions[0]?.establish();
    return { placed, held, own: ua.sessions[0] };
  };

  it('is told whoever wants it', () => {
    const { placed, held, own } = setUpHeld();
    placed.hold(true);
    expect(held).toHaveBeenLastCalledWith({ mine: true, theirs: false }, false);
    own?.holdRemotely(true);
    expect(held).toHaveBeenLastCalledWith({ mine: true, theirs: true }, false);
    placed.hold(false);
    expect(held).toHaveBeenLastCalledWith({ mine: false, theirs: true }, false);
  });

  it('that crosses with an offer of the other side is taken back, and the call goes on', () => {
    const { placed, held, own } = setUpHeld();
    placed.hold(true);
    own?.terminate({ cause: 'WebRTC Error', status_code: 500, reason_phrase: 'Hold Failed' });
    expect(held).toHaveBeenLastCalledWith({ mine: false, theirs: false }, true);
    expect(placed.end).toBeNull();
  });

  it('is refused while an offer is under way', () => {
    const { placed, held, own } = setUpHeld();
    if (own !== undefined) {
      own.ready = false;
    }
    placed.hold(true);
    expect(held).toHaveBeenLastCalledWith({ mine: false, theirs: false }, true);
  });
});

it.each([
  ['SIP;cause=200;text="The call was answered on another device."', true],
  ['SIP;cause=487;text="The call was given up."', false],
])('knows from the reason of a CANCEL whether another device answered: %s', (reason, elsewhere) => {
  const { ua, call } = setUp();
  ua.connect();
  const ringing = call();
  ua.sessions[0]?.cancel(reason);
  expect(ringing.end).toMatchObject({ by: 'remote', elsewhere });
});

it('reads from an incoming call what it is for', () => {
  const { ua, incoming } = setUp();
  ua.connect();
  ua.ring({ 'Vrs-Call': 'c-1', 'Vrs-Leg': 'InterpreterToCaller' });
  ua.ring({ 'Vrs-Call': 'c-1', 'Vrs-Leg': 'Caller', 'Vrs-Takes-Over': 'x;y;z' }, '');
  expect(incoming.map(call => [call.callId, call.role, call.takesOver, call.offersVideo])).toEqual([
    ['c-1', 'interpretertocaller', false, true],
    ['c-1', 'caller', true, null],
  ]);
});
