import { beforeEach, describe, expect, it } from 'vitest';
import { takeSeat } from './seat';

describe('a seat', () => {
  beforeEach(() => sessionStorage.clear());

  it('is a device of its own with every load of the page', () => {
    const first = takeSeat(sessionStorage, () => 'one');
    expect(first).toEqual({ instance: 'one', device: '<urn:uuid:one>', previous: null });
    expect(takeSeat(sessionStorage, () => 'two')).toEqual({
      instance: 'two',
      device: '<urn:uuid:two>',
      previous: '<urn:uuid:one>',
    });
  });
});
