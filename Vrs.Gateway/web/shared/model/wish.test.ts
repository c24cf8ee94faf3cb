import { describe, expect, it } from 'vitest';
import { callView, relayingView } from '../../tests/samples';
import type { WishView } from '../contracts';
import { callText, endOf } from './callText';
import { initialHandset, reduceHandset } from './handset';
import { clockTime } from './time';
import { wishForOperators } from './wish';

const until = '2026-03-01T12:01:00Z';
const wish = (changes: Partial<WishView> = {}): WishView => ({
  gender: null,
  interpreter: 'Ines Marchetti',
  otherwise: 'anyone',
  nobodyElseUntil: until,
  outcome: 'open',
  ...changes,
});
const detail = (changes: Parameters<typeof callView>[0]) => callText(callView(changes), 'caller').detail;

describe('a wish on the page of a call', () => {
  it('tells while waiting for whom, until when, and what happens then', () => {
    expect(detail({ wish: wish() })).toContain(
      `You asked for Ines Marchetti. We wait until ${clockTime(until)}; then any interpreter may take your call.`,
    );
    expect(detail({ wish: wish({ otherwise: 'keepWaiting' }) })).toContain('and nobody else.');
    expect(detail({ wish: wish({ gender: 'female', interpreter: null, nobodyElseUntil: null }) })).toContain(
      'You asked for a woman; if nobody like that is free, another interpreter takes your call.',
    );
    expect(detail({ wish: wish({ nobodyElseUntil: null }), priority: 'emergency' })).toContain(
      'In an emergency the first free interpreter takes your call.',
    );
    expect(detail({})).not.toContain('You asked');
  });

  it('tells what became of it from the moment an interpreter comes', () => {
    const met = relayingView({ wish: wish({ outcome: 'met' }) });
    expect(callText(met, 'caller').detail).toContain('This is the interpreter you asked for.');
    const fellBack = relayingView({ interpreterName: 'Ivan Petrov', wish: wish({ outcome: 'fellBack' }) });
    expect(callText(fellBack, 'caller').detail).toContain('who was not free in time. You had agreed to anyone.');
    const insisted = wish({ outcome: 'fellBack', otherwise: 'keepWaiting' });
    expect(callText(relayingView({ wish: insisted }), 'caller').detail).toContain('this call could not wait.');
  });

  it('says at the end that nobody else was asked, even when the refusal came before the reason', () => {
    const ended = callView({
      version: 3,
      phase: 'ended',
      endReason: 'noInterpreter',
      wish: wish({ otherwise: 'keepWaiting', outcome: 'notMet' }),
    });
    const refused = { by: 'remote', status: 480, cause: 'Unavailable', elsewhere: false, dropped: false } as const;
    const waiting = { ...initialHandset, screen: 'outgoing', callId: 'c-1', view: callView() } as const;
    const told = reduceHandset(reduceHandset(waiting, { type: 'ended', end: refused }), { type: 'view', view: ended });
    expect(told.end?.title).toBe('The interpreter you asked for was not free');
    expect(told.end?.detail).toContain('Nobody like that became free in time.');
    expect(endOf({ ...ended, wish: null }, 'caller').title).toBe('No interpreter was free');
  });
});

describe('a wish on the operations page', () => {
  it.each([
    [{}, `Ines Marchetti; anyone otherwise; kept for them until ${clockTime(until)}`],
    [{ nobodyElseUntil: null }, 'Ines Marchetti; anyone otherwise; still sought'],
    [{ outcome: 'met' }, 'Ines Marchetti; anyone otherwise; served as wished'],
    [{ outcome: 'fellBack' }, 'Ines Marchetti; anyone otherwise; served by another, as agreed'],
    [
      { outcome: 'fellBack', otherwise: 'keepWaiting' },
      'Ines Marchetti; nobody else; served by another: it could not wait',
    ],
    [{ outcome: 'notMet', otherwise: 'keepWaiting' }, 'Ines Marchetti; nobody else; not served'],
  ] as const)('%o is “%s”', (changes, words) => {
    expect(wishForOperators(callView({ wish: wish(changes) }))).toBe(words);
  });

  it('says nothing where nobody was asked for', () => expect(wishForOperators(callView())).toBe(''));
});
