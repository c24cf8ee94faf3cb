import { describe, expect, it } from 'vitest';
import { relayingView } from '../../tests/samples';
import { initialHandset, handsetText, reduceHandset } from './handset';
import { holdOf, holdText } from './hold';
import { relayPath } from './path';

const hold = { since: '2026-03-01T12:00:00Z', isLong: false };
const heldBy = (role: string) =>
  relayingView({ legs: relayingView().legs.map(leg => (leg.role === role ? { ...leg, hold } : leg)) });

describe('hold', () => {
  it('is said to the one who is held and to the one who holds', () => {
    expect(holdText({ mine: false, theirs: true }, 'Ines')?.detail).toContain('Ines has put you on hold');
    expect(holdText({ mine: true, theirs: false }, 'Ines')?.detail).toContain('You have put Ines on hold');
    expect(holdText({ mine: false, theirs: false }, 'Ines')).toBeNull();
  });

  it('is the title of a handset until it ends', () => {
    const talking = { ...initialHandset, screen: 'talking' as const, view: relayingView(), callId: 'c-1' };
    const held = reduceHandset(talking, { type: 'held', holding: { mine: false, theirs: true }, refused: false });
    expect(handsetText(held).title).toBe('On hold');
    const resumed = reduceHandset(held, { type: 'held', holding: { mine: false, theirs: false }, refused: false });
    expect(handsetText(resumed).title).toBe('Connected');
  });

  it('stops the bar of its side in the picture of the call, whoever holds', () => {
    expect(relayPath(heldBy('caller'))).toEqual({ toInterpreter: 'held', toCallee: 'on' });
    expect(relayPath(heldBy('interpreterToCallee'))).toEqual({ toInterpreter: 'on', toCallee: 'held' });
    expect(holdOf(heldBy('callee'), 'callee')).toEqual(hold);
    expect(holdOf(heldBy('callee'), 'caller')).toBeNull();
  });
});
