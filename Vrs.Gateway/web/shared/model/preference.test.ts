import { describe, expect, it } from 'vitest';
import type { Preference } from '../contracts';
import {
  anyone,
  faultsOf,
  formOf,
  genderChoices,
  preferenceOf,
  preferenceText,
  spanWords,
  waitChoices,
} from './preference';

const wish = (changes: Partial<Preference>): Preference => ({ ...anyone, ...changes });

describe('what a caller reads of her preference', () => {
  it.each<[Partial<Preference>, string, string]>([
    [{}, 'Anyone', 'The next free interpreter takes your calls.'],
    [{ gender: 'female' }, 'A woman', 'If nobody like that is free, another interpreter takes your call at once.'],
    [
      { interpreter: 'ines', interpreterName: 'Ines Marchetti', waitSeconds: 60 },
      'Ines Marchetti',
      'We wait up to 1 minute. Then any interpreter may take your call.',
    ],
    [
      { interpreter: 'ines', gender: 'female', waitSeconds: 90, otherwise: 'wait' },
      'Ines (a woman)',
      'We wait up to 1 minute 30 seconds. Nobody else is asked; then the call ends.',
    ],
    [
      { gender: 'agender' },
      'A person who says “agender”',
      'If nobody like that is free, another interpreter takes your call at once.',
    ],
  ])('%o', (changes, who, then) => expect(preferenceText(wish(changes))).toEqual({ who, then }));
});

describe('the form', () => {
  it('gives no answer for her to what shall happen otherwise', () => {
    expect(formOf(anyone).otherwise).toBe('');
    expect(Object.keys(faultsOf({ ...formOf(anyone), gender: 'male' }))).toEqual(['otherwise']);
  });

  it('wants somebody to be named, and a time when nobody else may come', () => {
    expect(Object.keys(faultsOf({ ...formOf(anyone), otherwise: 'anyone' }))).toEqual(['gender']);
    const forever = { gender: '', interpreter: 'Ines', waitSeconds: 0, otherwise: 'wait' } as const;
    expect(Object.keys(faultsOf(forever))).toEqual(['waitSeconds']);
    expect(faultsOf({ ...forever, waitSeconds: 30 })).toEqual({});
  });

  it('keeps what was set elsewhere, and sends what it shows', () => {
    const kept = wish({ gender: 'agender', waitSeconds: 45, otherwise: 'wait' });
    expect(genderChoices('agender').map(([value]) => value)).toContain('agender');
    expect(genderChoices('')).toHaveLength(3);
    expect(waitChoices(45)).toEqual([0, 30, 45, 60, 120, 300, 600, 1800]);
    expect(preferenceOf(formOf(kept))).toEqual(kept);
  });
});

it('writes times as people do', () => {
  expect([30, 60, 75, 600].map(spanWords)).toEqual(['30 seconds', '1 minute', '1 minute 15 seconds', '10 minutes']);
});
