import { describe, expect, it } from 'vitest';
import { backoffMs } from '../backoff';
import { aboutSeconds, elapsed, secondsLeft } from './time';

describe('elapsed', () => {
  it.each([
    [0, '0:00'],
    [7_400, '0:07'],
    [65_000, '1:05'],
    [3_750_000, '1:02:30'],
    [-500, '0:00'],
  ])('%i ms is %s', (ms, text) => expect(elapsed(1_000, 1_000 + ms)).toBe(text));
});

it('counts whole seconds down to zero, and knows no deadline', () => {
  const deadline = '2026-03-01T12:00:15Z';
  const at = (seconds: number) => Date.parse('2026-03-01T12:00:00Z') + seconds * 1000;
  expect(secondsLeft(deadline, at(0))).toBe(15);
  expect(secondsLeft(deadline, at(14.2))).toBe(1);
  expect(secondsLeft(deadline, at(99))).toBe(0);
  expect(secondsLeft(null, at(0))).toBeNull();
});

it('says estimates as people do', () => {
  expect([5, 60, 130].map(aboutSeconds)).toEqual(['a few seconds', 'about a minute', 'about 2 minutes']);
});

describe('backoffMs', () => {
  it('doubles up to the longest wait', () => {
    const longest = () => 1;
    expect([0, 1, 2, 3, 40].map(attempt => backoffMs(attempt, 500, 4_000, longest))).toEqual([
      500, 1_000, 2_000, 4_000, 4_000,
    ]);
  });

  it('leaves half of the wait to chance', () => {
    expect(backoffMs(0, 1_000, 9_000, () => 0)).toBe(500);
    expect(backoffMs(0, 1_000, 9_000, () => 0.5)).toBe(750);
  });
});
