import { describe, expect, it } from 'vitest';
import { cleanInput, formatNumber, normalizeNumber } from './number';

describe('normalizeNumber', () => {
  it.each([
    ['2025550147', '+12025550147'],
    ['(202) 555-0147', '+12025550147'],
    ['202.555.0147', '+12025550147'],
    ['1 202 555 0147', '+12025550147'],
    ['+1 202-555-0147', '+12025550147'],
    ['+15550201', '+15550201'],
    ['15550201', '+15550201'],
    ['+44 20 7946 0958', '+442079460958'],
    ['911', '911'],
    ['9-1-1', '911'],
    ['112', '112'],
    ['933', '933'],
  ])('%s -> %s', (text, number) => expect(normalizeNumber(text)).toBe(number));

  it.each(['', '12', '555-0147', '+0 123 4567', '0123456789', '+1234567890123456', 'dana'])('refuses "%s"', text =>
    expect(normalizeNumber(text)).toBeNull(),
  );
});

describe('formatNumber', () => {
  it.each([
    ['+12025550147', '+1 202-555-0147'],
    ['+15550201', '+1 555-0201'],
    ['+442079460958', '+442079460958'],
    ['911', '911'],
  ])('%s -> %s', (number, text) => expect(formatNumber(number)).toBe(text));

  it('writes numbers that are understood again', () => {
    for (const number of ['+12025550147', '+15550201']) {
      expect(normalizeNumber(formatNumber(number))).toBe(number);
    }
  });
});

it('drops from pasted text what no number contains', () => {
  expect(cleanInput('tel: +1 (202) 555-0147 ext')).toBe(' +1 (202) 555-0147 ');
});
