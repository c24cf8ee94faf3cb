import { describe, expect, it } from 'vitest';
import { callView, relayingView } from '../../tests/samples';
import type { CallPhase } from '../contracts';
import { mediaProblem } from '../media';
import type { CallEnd } from '../sip/sipCall';
import { type HandsetEvent, type HandsetState, handsetText, initialHandset, reduceHandset } from './handset';

const after = (...events: HandsetEvent[]): HandsetState => events.reduce(reduceHandset, initialHandset);

const dialed: HandsetEvent = { type: 'dialed', number: '+15550201' };
const known: HandsetEvent = { type: 'progress', callId: 'c-1' };
const end = (changes: Partial<CallEnd> = {}): CallEnd => ({
  by: 'remote',
  cause: 'Busy',
  status: 0,
  dropped: false,
  elsewhere: false,
  ...changes,
});

describe('a call that goes out', () => {
  it('shows the place in line as soon as both the call and its view are known, in either order', () => {
    const view = callView({ queue: { position: 2, waiting: 4, estimatedWaitSeconds: null } });
    for (const events of [
      [dialed, known, { type: 'view', view } as const],
      [dialed, { type: 'view', view } as const, known],
    ]) {
      expect(handsetText(after(...events)).detail).toBe('You are number 2 in line.');
    }
  });

  it('drops a view that was overtaken', () => {
    const state = after(
      dialed,
      known,
      { type: 'view', view: relayingView({ version: 9 }) },
      { type: 'view', view: callView({ version: 3, phase: 'queued' }) },
    );
    expect(state.view?.phase).toBe('relaying');
  });

  it('is not disturbed by a call of the same person on another device', () => {
    const state = after(dialed, known, { type: 'view', view: callView({ call: 'other', phase: 'ended' }) });
    expect(state.screen).toBe('outgoing');
    expect(state.view).toBeNull();
  });

  it('keeps its place when the connection is lost, and says so', () => {
    const lost = after(dialed, known, { type: 'dropped' });
    expect(lost).toMatchObject({ screen: 'outgoing', resuming: true, callId: 'c-1' });
    expect(handsetText(lost).title).toContain('your place in line is kept');
    expect(reduceHandset(lost, known).resuming).toBe(false);
  });

  it('ends with the words for the status it was refused with', () => {
    const state = after(dialed, { type: 'ended', end: end({ status: 404, cause: 'Not Found' }) });
    expect(state).toMatchObject({ screen: 'ended', end: { title: 'That number does not exist' } });
  });

  it('ends at once by hand, and remembers what the service still has to be told', () => {
    const state = after(dialed, known, { type: 'hungUp', owed: true });
    expect(state).toMatchObject({ screen: 'ended', hangUpOwed: true, end: { title: 'Call cancelled' } });
    expect(reduceHandset(state, { type: 'settled' }).hangUpOwed).toBe(false);
  });

  it('ignores what the SIP side says after it ended', () => {
    const state = after(dialed, known, { type: 'hungUp', owed: false });
    expect(reduceHandset(state, { type: 'ended', end: end() })).toBe(state);
    expect(reduceHandset(state, { type: 'answered', callId: 'c-1', at: 5 })).toBe(state);
  });
});

describe('a call under way', () => {
  const talking = [dialed, known, { type: 'answered', callId: 'c-1', at: 1_000 } as const];

  it('keeps its clock when another interpreter takes over', () => {
    const state = after(...talking, { type: 'answered', callId: 'c-1', at: 99_000 });
    expect(state.answeredAt).toBe(1_000);
  });

  it('ends with the reason of the service', () => {
    const view = relayingView({ version: 12, phase: 'ended', endReason: 'interpreterHungUp' });
    expect(after(...talking, { type: 'view', view })).toMatchObject({
      screen: 'ended',
      end: { detail: 'The interpreter ended the call.' },
    });
  });

  it('says that the other person has hung up, until another one is dialed', () => {
    const view = (version: number, phase: CallPhase): HandsetEvent => ({
      type: 'view',
      view: relayingView({ version, phase }),
    });
    const left = after(...talking, view(2, 'relaying'), view(3, 'connected'), view(4, 'connected'));
    expect(handsetText(left).title).toBe('The other person has hung up');
    const again = [view(5, 'dialing'), view(6, 'connected')].reduce(reduceHandset, left);
    expect(handsetText(again).title).toBe('Ines Marchetti is here');
  });

  it('does not end because the line is down', () => {
    expect(after(...talking, { type: 'line', line: 'down' }).screen).toBe('talking');
  });
});

describe('a call that comes in', () => {
  const ringing: HandsetEvent = { type: 'incoming', name: 'Hana Suzuki', callId: 'c-2' };

  it('rings, and is a missed call when the other side gives up', () => {
    const state = after(ringing, { type: 'ended', end: end({ cause: 'Canceled' }) });
    expect(state).toMatchObject({ screen: 'ended', side: 'callee', end: { title: 'Missed call' } });
  });

  it('is no missed call when another device took it', () => {
    const state = after(ringing, { type: 'ended', end: end({ cause: 'Canceled', elsewhere: true }) });
    expect(state.end?.title).toBe('Answered on another device');
  });

  it('is declined by oneself', () => {
    expect(after(ringing, { type: 'ended', end: end({ by: 'local' }) }).end?.title).toBe('Call declined');
  });

  it('goes on ringing while a camera problem is solved', () => {
    const state = after(ringing, { type: 'problem', problem: mediaProblem('NotReadableError', 'video') });
    expect(state.screen).toBe('ringing');
    expect(state.problem?.title).toContain('in use');
  });
});

describe('a callback', () => {
  const promised = callView({ call: 'c-1', version: 4, callbackUntil: '2026-03-01T14:00:00Z' });
  const progress: HandsetEvent = { type: 'progress', callId: 'c-1' };
  const asked = [dialed, progress, { type: 'view', view: promised }] as const;

  it('ends this session, and the page remembers it', () => {
    const state = after(...asked);
    expect(state).toMatchObject({ screen: 'ended', end: { title: 'We will call you back' } });
    expect(after(...asked, { type: 'dismissed' })).toMatchObject({ screen: 'idle', callback: { call: 'c-1' } });
  });

  it('is what a refused INVITE meant, whichever is told first', () => {
    const state = after(
      dialed,
      progress,
      { type: 'ended', end: end({ status: 480 }) },
      { type: 'view', view: promised },
    );
    expect(state.end?.title).toBe('We will call you back');
  });

  it('is shown by a page that was opened later', () => {
    expect(after({ type: 'view', view: promised }).callback?.call).toBe('c-1');
  });

  it('rings as the call it was promised for, and becomes it', () => {
    const ringing: HandsetEvent = { type: 'incoming', name: 'Ines', callId: 'c-1', callback: true };
    const state = after({ type: 'view', view: promised }, ringing);
    expect(state).toMatchObject({ screen: 'ringing', side: 'caller', party: '+15550201', view: { call: 'c-1' } });
    const missed = after({ type: 'view', view: promised }, ringing, { type: 'ended', end: end() });
    expect(missed.end?.title).toBe('You missed our callback');
  });

  it('is over when the service says so, and how', () => {
    const gone = callView({ call: 'c-1', version: 9, phase: 'ended', endReason: 'callbackExpired' });
    const state = after({ type: 'view', view: promised }, { type: 'view', view: gone });
    expect(state).toMatchObject({ callback: null, callbackEnd: { title: 'No interpreter was free' } });
    expect(
      after({ type: 'view', view: promised }, { type: 'view', view: { ...gone, version: 3 } }).callback,
    ).not.toBeNull();
  });
});

it('comes back to the dial pad, with the line as it is', () => {
  const state = after(
    { type: 'line', line: 'ready' },
    dialed,
    { type: 'ended', end: end({ status: 486 }) },
    { type: 'dismissed' },
  );
  expect(state).toMatchObject({ screen: 'idle', line: 'ready', end: null, callId: null });
});

it('gives up an attempt when the network has no path', () => {
  const problem = mediaProblem('TypeError', 'video');
  expect(after(dialed, known, { type: 'problem', problem, fatal: true })).toMatchObject({ screen: 'idle', problem });
});
