import { describe, expect, it } from 'vitest';
import type { CallView } from '../contracts';
import { colleagueView, interpreterView, offerView, relayingView } from '../../tests/samples';
import {
  type ConsoleEvent,
  type ConsoleState,
  initialConsole,
  legState,
  needsRejoin,
  onCall,
  reduceConsole,
} from './console';

const after = (...events: ConsoleEvent[]): ConsoleState => events.reduce(reduceConsole, initialConsole);
const offered: ConsoleEvent[] = [
  { type: 'interpreter', view: interpreterView({ version: 2, status: 'reserved' }) },
  { type: 'offer', offer: offerView({ offer: 4 }) },
];

describe('an offer', () => {
  it('is taken away by the withdrawal with its number, and by no other', () => {
    const state = after(...offered);
    const late = { type: 'offerWithdrawn', call: 'c-1', offer: 3, reason: 'missed' } as const;
    expect(reduceConsole(state, late)).toBe(state);
    expect(reduceConsole(state, { ...late, offer: 4 })).toMatchObject({
      offer: null,
      notice: expect.stringContaining('missed') as string,
    });
  });

  it('goes when the status says she is no longer asked', () => {
    const state = after(...offered, {
      type: 'interpreter',
      view: interpreterView({ version: 3, status: 'available' }),
    });
    expect(state.offer).toBeNull();
  });

  it('is said to be missed also when the status came first', () => {
    const state = after(
      ...offered,
      { type: 'interpreter', view: interpreterView({ version: 3, status: 'available' }) },
      { type: 'offerWithdrawn', call: 'c-1', offer: 4, reason: 'missed' },
    );
    expect(state.notice).toContain('missed');
  });

  it('that she answered is no news any more', () => {
    const state = after(...offered, { type: 'offerAnswered' });
    expect(reduceConsole(state, { type: 'offerWithdrawn', call: 'c-1', offer: 4, reason: 'withdrawn' })).toBe(state);
  });

  it('stays when an old status comes late', () => {
    const state = after(...offered, {
      type: 'interpreter',
      view: interpreterView({ version: 1, status: 'available' }),
    });
    expect(state.offer?.offer).toBe(4);
    expect(state.interpreter?.status).toBe('reserved');
  });

  it('may come before the status that goes with it', () => {
    const state = after({ type: 'offer', offer: offerView() }, ...offered.slice(0, 1));
    expect(state.offer).not.toBeNull();
  });

  it('stays when a word from before she was asked comes after it', () => {
    const state = after(
      { type: 'interpreter', view: interpreterView({ version: 1, status: 'wrapUp' }) },
      { type: 'offer', offer: offerView({ offer: 4, asOf: 3 }) },
      { type: 'interpreter', view: interpreterView({ version: 2, status: 'available' }) },
    );
    expect(state.offer?.offer).toBe(4);
  });
});

describe('a call', () => {
  it('is on the screen while a leg stands or the service says so', () => {
    const serving = interpreterView({ version: 5, status: 'onCall', call: 'c-1' });
    expect(onCall(after({ type: 'leg', which: 'caller', leg: 'setup' }))).toBe(true);
    expect(onCall(after({ type: 'interpreter', view: serving }, { type: 'call', view: relayingView() }))).toBe(true);
    expect(onCall(after({ type: 'call', view: relayingView() }))).toBe(false);
  });

  it('is not replaced by late news of one that is over', () => {
    const state = after(
      { type: 'call', view: relayingView() },
      { type: 'call', view: relayingView({ call: 'c-0', version: 99, phase: 'ended' }) },
    );
    expect(state.call?.call).toBe('c-1');
  });
});

it('shows that a device rings while another one is only being called', () => {
  const leg = { role: 'callee', name: 'hana', colleague: false, hold: null } as const;
  const legs = [
    { ...leg, number: 4, state: 'ringing' as const },
    { ...leg, number: 5, state: 'inviting' as const },
  ];
  expect(legState(relayingView({ phase: 'dialing', legs }), 'callee')).toBe('ringing');
});

describe('a second interpreter', () => {
  const ivan = { interpreter: 'ivan', name: 'Ivan Petrov', caId: '7002', stage: 'joined' } as const;
  const at = (view: CallView) =>
    after(
      {
        type: 'interpreter',
        view: interpreterView({ interpreter: 'ivan', version: 5, status: 'onCall', call: 'c-1' }),
      },
      { type: 'call', view },
      { type: 'leg', which: 'caller', leg: 'on' },
    );

  it('takes the other party over when she relieves, and not when she supports', () => {
    expect(needsRejoin(at(relayingView({ colleague: colleagueView({ ...ivan, purpose: 'relief' }) })))).toBe(true);
    expect(needsRejoin(at(relayingView({ colleague: colleagueView({ ...ivan, purpose: 'support' }) })))).toBe(false);
  });

  it('waits with that while somebody is only being called', () => {
    const dialing = relayingView({ phase: 'dialing', colleague: colleagueView({ ...ivan, purpose: 'relief' }) });
    expect(needsRejoin(at(dialing))).toBe(false);
  });

  it('has a leg of the caller to herself', () => {
    const legs = [
      ...relayingView().legs,
      { number: 6, role: 'caller', state: 'interrupted', name: 'Dana Reyes', colleague: true, hold: null } as const,
    ];
    expect(legState(relayingView({ legs }), 'caller')).toBe('established');
    expect(legState(relayingView({ legs }), 'caller', true)).toBe('interrupted');
  });
});

describe('rejoining', () => {
  const legs = relayingView().legs.filter(leg => leg.role !== 'interpreterToCallee');
  const recovered = relayingView({ phase: 'connected', legs });

  it('is needed when the other party is still there after an interpreter was lost', () => {
    expect(needsRejoin(after({ type: 'call', view: recovered }, { type: 'leg', which: 'caller', leg: 'on' }))).toBe(
      true,
    );
  });

  it('is not needed before her own leg stands, while she is at it, or when nobody is left', () => {
    const on: ConsoleEvent = { type: 'leg', which: 'caller', leg: 'on' };
    expect(needsRejoin(after({ type: 'call', view: recovered }))).toBe(false);
    expect(
      needsRejoin(after({ type: 'call', view: recovered }, on, { type: 'leg', which: 'callee', leg: 'setup' })),
    ).toBe(false);
    const alone = {
      ...recovered,
      legs: legs.map(leg => (leg.role === 'callee' ? { ...leg, state: 'ended' as const } : leg)),
    };
    expect(needsRejoin(after({ type: 'call', view: alone }, on))).toBe(false);
  });
});
