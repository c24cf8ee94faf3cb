import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setUp, talking } from '../tests/handsetWorld';
import { callView, relayingView } from '../tests/samples';

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
