import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setUp, talking } from '../tests/handsetWorld';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a take-over', () => {
  it('is answered without asking, and the session it replaces may end unseen', async () => {
    const { ua, state, settle } = await talking();
    const next = ua.ring({ 'Vrs-Call': 'c-1', 'Vrs-Leg': 'Caller', 'Vrs-Takes-Over': 'a;b;c' });
    await settle();
    expect(next.asked).toEqual(['answer 1']);
    next.establish();
    ua.sessions[0]?.fail({ originator: 'remote', cause: 'Terminated' });
    expect(state().screen).toBe('talking');
    next.fail({ originator: 'remote', cause: 'Terminated' });
    expect(state().screen).toBe('ended');
  });

  it('tells the session it replaces when its picture shows, and not before', async () => {
    const { ua, handset, settle } = await talking();
    const [first] = ua.sessions;
    first?.track({} as MediaStreamTrack);
    const before = handset.streams.get().remote;
    const next = ua.ring({ 'Vrs-Call': 'c-1', 'Vrs-Leg': 'Caller', 'Vrs-Takes-Over': 'a;b;c' });
    await settle();
    next.establish();
    next.track({} as MediaStreamTrack);
    if (before !== null) {
      handset.shows(before);
    }
    expect(first?.asked).toEqual([]);
    const after = handset.streams.get().remote;
    if (after !== null) {
      handset.shows(after);
    }
    expect(first?.asked).toEqual(['info Vrs-Successor-Shown: yes']);
    expect(next.asked).toEqual(['answer 1']);
  });

  it('that fails leaves the session before it', async () => {
    const { ua, handset, state, settle } = await talking();
    const next = ua.ring({ 'Vrs-Call': 'c-1', 'Vrs-Leg': 'caller', 'Vrs-Takes-Over': 'a;b;c' });
    await settle();
    next.establish();
    next.fail({ originator: 'remote', cause: 'Terminated' });
    expect(state().screen).toBe('talking');
    handset.hangUp();
    expect(ua.sessions[0]?.asked).toEqual(['terminate']);
  });

  it('is an ordinary incoming call for a page that is not in one', () => {
    const { ua, state } = setUp();
    ua.ring({ 'Vrs-Call': 'c-1', 'Vrs-Takes-Over': 'a;b;c' });
    expect(state().screen).toBe('ringing');
  });
});

describe('a second interpreter', () => {
  const second = { 'Vrs-Call': 'c-1', 'Vrs-Leg': 'caller' };

  it('is a picture more, answered without asking, and may leave', async () => {
    const { ua, handset, state, settle } = await talking();
    const next = ua.ring(second);
    await settle();
    expect(next.asked).toEqual(['answer 1']);
    next.establish();
    next.track({} as MediaStreamTrack);
    expect(handset.streams.get().second).not.toBeNull();
    next.fail({ originator: 'remote', cause: 'Terminated' });
    expect(handset.streams.get().second).toBeNull();
    expect(state().screen).toBe('talking');
  });

  it('is the only one when the first has gone', async () => {
    const { ua, handset, state, settle } = await talking();
    const next = ua.ring(second);
    await settle();
    next.establish();
    next.track({} as MediaStreamTrack);
    const picture = handset.streams.get().second;
    ua.sessions[0]?.fail({ originator: 'remote', cause: 'Terminated' });
    expect(handset.streams.get()).toMatchObject({ remote: picture, second: null });
    next.fail({ originator: 'remote', cause: 'Terminated' });
    expect(state().screen).toBe('ended');
  });

  it('of another call is none: that call gets 486', async () => {
    const { ua } = await talking();
    expect(ua.ring({ ...second, 'Vrs-Call': 'c-2' }).asked).toEqual(['terminate 486']);
  });
});
