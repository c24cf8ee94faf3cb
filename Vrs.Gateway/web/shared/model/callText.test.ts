import { describe, expect, it } from 'vitest';
import { callView, colleagueView, relayingView } from '../../tests/samples';
import type { CallPhase, EndReason } from '../contracts';
import { calleeStatusText, callText, endReasonWords, endText, queueText, refusedText } from './callText';
import { relayPath } from './path';

const phases: CallPhase[] = [
  'new',
  'received',
  'queued',
  'offered',
  'connecting',
  'connected',
  'dialing',
  'relaying',
  'recovering',
  'ended',
];

describe('callText', () => {
  it.each(phases)('%s has plain words for both sides', phase => {
    for (const side of ['caller', 'callee'] as const) {
      const text = callText(relayingView({ phase, endReason: phase === 'ended' ? 'callerHungUp' : 'none' }), side);
      expect(text.title).not.toBe('');
      expect(text.detail).not.toMatch(/undefined|null|SIP|INVITE/);
    }
  });

  it('tells place and estimate while waiting', () => {
    expect(queueText({ position: 1, waiting: 3, estimatedWaitSeconds: null })).toBe('You are next in line.');
    expect(queueText({ position: 3, waiting: 3, estimatedWaitSeconds: 200 })).toBe(
      'You are number 3 in line. Estimated wait: about 3 minutes.',
    );
  });

  it('says why the other person was not reached, and what may be done', () => {
    const text = callText(relayingView({ phase: 'connected', calleeStatus: 486 }), 'caller');
    expect(text).toEqual({
      title: 'The line is busy',
      detail: 'Ines Marchetti is still here: ask to try again or to dial another number.',
      tone: 'warn',
    });
  });

  it('names the caller to the callee and the number to the caller', () => {
    expect(callText(relayingView(), 'callee').detail).toContain('Dana Reyes');
    expect(callText(relayingView(), 'caller').detail).toContain('+1 555-0201');
  });
});

describe('ends', () => {
  it('says who hung up from where one stands', () => {
    expect(endText('callerHungUp', 'caller').detail).toBe('You hung up.');
    expect(endText('callerHungUp', 'callee').detail).toBe('The other person hung up.');
  });

  it.each(Object.keys(endReasonWords) as EndReason[])('%s has a text', reason => {
    expect(endText(reason, 'caller').tone).toBe('over');
  });
});

describe('error texts', () => {
  it.each([404, 408, 480, 486, 487, 488, 600, 603])('%i has its own words', status => {
    expect(calleeStatusText(status)).not.toContain(String(status));
    expect(refusedText(status, 'Busy').detail).not.toContain(String(status));
  });

  it('tells who takes over and who has joined', () => {
    const ivan = colleagueView({ name: 'Ivan Petrov', stage: 'joined' });
    const relief = relayingView({ colleague: ivan });
    expect(callText(relief, 'caller').detail).toContain('Ivan Petrov is taking over from Ines Marchetti');
    const support = relayingView({ colleague: { ...ivan, purpose: 'support' } });
    expect(callText(support, 'caller').detail).toContain('Ivan Petrov has joined to support.');
    expect(callText(support, 'callee').detail).not.toContain('Ivan Petrov');
    expect(callText(relayingView({ colleagueOutcome: 'tookOver' }), 'caller').detail).toContain('has taken over');
  });

  it('shows the number of a status nobody foresaw, for support', () => {
    expect(calleeStatusText(599)).toContain('599');
    expect(refusedText(599, 'SIP Failure Code').detail).toContain('599');
    expect(calleeStatusText(0)).toBe('');
  });
});

describe('relayPath', () => {
  it('breaks the side whose device is away', () => {
    const legs = relayingView().legs.map(leg => (leg.number === 4 ? { ...leg, state: 'interrupted' as const } : leg));
    expect(relayPath(relayingView({ legs }))).toEqual({ toInterpreter: 'on', toCallee: 'broken' });
  });

  it('grows from left to right', () => {
    expect(relayPath(null)).toEqual({ toInterpreter: 'pending', toCallee: 'off' });
    expect(relayPath(callView({ phase: 'dialing' }))).toEqual({ toInterpreter: 'on', toCallee: 'pending' });
    expect(relayPath(relayingView())).toEqual({ toInterpreter: 'on', toCallee: 'on' });
  });
});
