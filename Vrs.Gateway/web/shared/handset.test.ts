import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeUserAgent } from '../tests/fakeUserAgent';
import { callView, relayingView, session } from '../tests/samples';
import type { CallView, Refusal } from './contracts';
import { Handset } from './handset';
import type { Hub, HubState } from './hub';
import { SipPhone } from './sip/sipPhone';
import type { TokenKeeper } from './session';

class FakeHub {
  readonly asked: [string, ...unknown[]][] = [];
  answer: Refusal | null = null;
  private view: (view: CallView) => void = () => undefined;
  private state: (state: HubState) => void = () => undefined;

  on(_method: string, handler: (view: CallView) => void): void {
    this.view = handler;
  }

  onState(listener: (state: HubState) => void): void {
    this.state = listener;
  }

  ask(method: string, ...args: unknown[]): Promise<Refusal | null> {
    this.asked.push([method, ...args]);
    return Promise.resolve(this.answer);
  }

  push(view: CallView): void {
    this.view(view);
  }

  become(state: HubState): void {
    this.state(state);
  }
}

const liveStream = () => ({ getTracks: () => [{ readyState: 'live', stop: vi.fn() }] }) as unknown as MediaStream;

function setUp() {
  const ua = new FakeUserAgent();
  const hub = new FakeHub();
  const handset = new Handset({
    kind: 'video',
    keeper: { current: session(), onToken: vi.fn(), renew: vi.fn() } as unknown as TokenKeeper,
    hub: hub as unknown as Hub,
    iceServers: () => Promise.resolve([{ urls: 'turn:relay' }]),
    createPhone: (who, events) => new SipPhone(who, events, () => ua.asUserAgent),
    now: () => 5_000,
  });
  handset.streams.send({ type: 'local', stream: liveStream() });
  handset.start();
  hub.become('up');
  ua.connect();
  const state = () => handset.store.get();
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return { ua, hub, handset, state, settle };
}

async function talking() {
  const all = setUp();
  await all.handset.dial('+15550201');
  all.ua.sessions[0]?.progress({ 'Vrs-Call': 'c-1' });
  all.ua.sessions[0]?.establish({ 'Vrs-Call': 'c-1' });
  return all;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('waiting in line', () => {
  it('takes the place again with a new INVITE when the connection is back', async () => {
    const { ua, handset, state, settle } = setUp();
    await handset.dial('+15550201');
    ua.sessions[0]?.progress({ 'Vrs-Call': 'c-1' });
    ua.sessions[0]?.loseSocket();
    expect(state()).toMatchObject({ screen: 'outgoing', resuming: true });
    ua.connect();
    await settle();
    expect(ua.called.map(call => call.headers)).toEqual([[], ['Vrs-Call: c-1']]);
    ua.sessions[1]?.progress({ 'Vrs-Call': 'c-1' });
    expect(state().resuming).toBe(false);
  });

  it('goes on trying when the connection drops again on the way', async () => {
    const { ua, handset, settle } = setUp();
    await handset.dial('+15550201');
    ua.sessions[0]?.progress({ 'Vrs-Call': 'c-1' });
    for (const round of [0, 1, 2]) {
      ua.sessions[round]?.loseSocket();
      ua.connect();
      await settle();
    }
    expect(ua.called).toHaveLength(4);
  });

  it('tells the service through the hub when the person gives up without a connection', async () => {
    const { ua, hub, handset, state } = setUp();
    await handset.dial('+15550201');
    ua.sessions[0]?.progress({ 'Vrs-Call': 'c-1' });
    hub.become('down');
    ua.sessions[0]?.loseSocket();
    handset.hangUp();
    expect(state().screen).toBe('ended');
    expect(hub.asked).toEqual([]);
    hub.become('up');
    expect(hub.asked).toEqual([['HangUp', 'c-1']]);
    ua.connect();
    expect(ua.called).toHaveLength(1);
  });
});

describe('the media path', () => {
  it('is sought again by the page that lost its connection, with fresh servers', async () => {
    const { ua, settle } = await talking();
    const own = ua.sessions[0];
    ua.disconnect();
    Object.assign(own?.connection ?? {}, { iceConnectionState: 'disconnected' });
    ua.connect();
    await settle();
    expect(own?.asked).toEqual(['configure 1', 'restart']);
  });

  it('is left alone when it survived, as it does when the service is restarted', async () => {
    const { ua, settle } = await talking();
    ua.disconnect();
    ua.connect();
    await settle();
    expect(ua.sessions[0]?.asked).toEqual([]);
  });

  it('may stay broken: the call goes on', async () => {
    const { ua, state } = await talking();
    ua.sessions[0]?.terminate({ cause: 'WebRTC Error', reason_phrase: 'Media Renegotiation Failed' });
    expect(state().screen).toBe('talking');
  });
});

describe('a take-over', () => {
  it('is answered without asking, and the session it replaces may end unseen', async () => {
    const { ua, state, settle } = await talking();
    const next = ua.ring({ 'Vrs-Call': 'c-1', 'Vrs-Leg': 'Caller', 'Vrs-Takes-Over': 'a;b;c' });
    await settle();
    expect(next.asked).toEqual(['answer 1']);
    next.establish();
    ua.sessions[0]?.fail({ originator: 'remote', cause: 'Terminated' });
    expect(state().screen).toBe('talking');
    next.fail({ originator: 'remote', cause: 'Terminated' });
    expect(state().screen).toBe('ended');
  });

  it('that fails leaves the session before it', async () => {
    const { ua, handset, state, settle } = await talking();
    const next = ua.ring({ 'Vrs-Call': 'c-1', 'Vrs-Leg': 'caller', 'Vrs-Takes-Over': 'a;b;c' });
    await settle();
    next.establish();
    next.fail({ originator: 'remote', cause: 'Terminated' });
    expect(state().screen).toBe('talking');
    handset.hangUp();
    expect(ua.sessions[0]?.asked).toEqual(['terminate']);
  });

  it('is an ordinary incoming call for a page that is not in one', () => {
    const { ua, state } = setUp();
    ua.ring({ 'Vrs-Call': 'c-1', 'Vrs-Takes-Over': 'a;b;c' });
    expect(state().screen).toBe('ringing');
  });
});

describe('a second interpreter', () => {
  const second = { 'Vrs-Call': 'c-1', 'Vrs-Leg': 'caller' };

  it('is a picture more, answered without asking, and may leave', async () => {
    const { ua, handset, state, settle } = await talking();
    const next = ua.ring(second);
    await settle();
    expect(next.asked).toEqual(['answer 1']);
    next.establish();
    next.track({} as MediaStreamTrack);
    expect(handset.streams.get().second).not.toBeNull();
    next.fail({ originator: 'remote', cause: 'Terminated' });
    expect(handset.streams.get().second).toBeNull();
    expect(state().screen).toBe('talking');
  });

  it('is the only one when the first has gone', async () => {
    const { ua, handset, state, settle } = await talking();
    const next = ua.ring(second);
    await settle();
    next.establish();
    next.track({} as MediaStreamTrack);
    const picture = handset.streams.get().second;
    ua.sessions[0]?.fail({ originator: 'remote', cause: 'Terminated' });
    expect(handset.streams.get()).toMatchObject({ remote: picture, second: null });
    next.fail({ originator: 'remote', cause: 'Terminated' });
    expect(state().screen).toBe('ended');
  });

  it('of another call is none: that call gets 486', async () => {
    const { ua } = await talking();
    expect(ua.ring({ ...second, 'Vrs-Call': 'c-2' }).asked).toEqual(['terminate 486']);
  });
});

describe('incoming calls', () => {
  it('get 486 while another call is on', async () => {
    const { ua, state } = await talking();
    expect(ua.ring({ 'Vrs-Call': 'c-2' }).asked).toEqual(['terminate 486']);
    expect(state().screen).toBe('talking');
  });

  it('stop ringing when the connection drops: the answer could not be sent', () => {
    const { ua, state } = setUp();
    const ringing = ua.ring({ 'Vrs-Call': 'c-2' });
    ua.disconnect();
    expect(ringing.asked).toEqual(['terminate 480']);
    expect(state().screen).toBe('ended');
  });

  it('ring again from the screen of the call before', () => {
    const { ua, state } = setUp();
    ua.ring({ 'Vrs-Call': 'c-2' }).fail({ originator: 'remote', cause: 'Canceled' });
    ua.ring({ 'Vrs-Call': 'c-3' });
    expect(state()).toMatchObject({ screen: 'ringing', callId: 'c-3', party: 'Hana Suzuki' });
  });
});

describe('the end of a call', () => {
  it('comes by the hub when SIP cannot tell it, and closes the session', async () => {
    const { ua, hub, state } = await talking();
    hub.push(relayingView({ version: 9, phase: 'ended', endReason: 'operatorEnded' }));
    expect(state()).toMatchObject({ screen: 'ended', end: { detail: 'The service’s staff ended the call.' } });
    expect(ua.sessions[0]?.asked).toEqual(['terminate']);
  });

  it('is not taken from news of another call', async () => {
    const { hub, state } = await talking();
    hub.push(callView({ call: 'c-9', phase: 'ended' }));
    expect(state().screen).toBe('talking');
  });

  it('asked for without a connection is told by both ways, whichever comes back first', async () => {
    const { ua, hub, handset, state } = await talking();
    hub.become('down');
    ua.disconnect();
    handset.hangUp();
    expect(state()).toMatchObject({ screen: 'ended', hangUpOwed: true });
    hub.become('up');
    expect(hub.asked).toEqual([['HangUp', 'c-1']]);
    ua.connect();
    expect(ua.sessions[0]?.asked).toEqual(['terminate']);
    expect(state().hangUpOwed).toBe(false);
  });

  it('is said again through the hub when the call did not end: the BYE or its answer was lost', async () => {
    const { hub, handset } = await talking();
    handset.hangUp();
    await vi.advanceTimersByTimeAsync(4_900);
    expect(hub.asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(hub.asked).toEqual([['HangUp', 'c-1']]);
  });

  it('is said again when the hub is back, until it was answered', async () => {
    const { hub, handset } = await talking();
    handset.hangUp();
    hub.become('down');
    await vi.advanceTimersByTimeAsync(6_000);
    expect(hub.asked).toEqual([]);
    hub.answer = { reason: 'unreachable', detail: 'The service did not answer.' };
    hub.become('up');
    await vi.advanceTimersByTimeAsync(0);
    hub.answer = null;
    hub.become('up');
    await vi.advanceTimersByTimeAsync(0);
    hub.become('up');
    expect(hub.asked).toEqual([
      ['HangUp', 'c-1'],
      ['HangUp', 'c-1'],
    ]);
  });

  it('is said once when the call ended', async () => {
    const { hub, handset } = await talking();
    handset.hangUp();
    hub.push(callView({ call: 'c-1', phase: 'ended' }));
    await vi.advanceTimersByTimeAsync(6_000);
    expect(hub.asked).toEqual([]);
  });
});
