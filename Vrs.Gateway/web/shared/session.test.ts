import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { session } from '../tests/samples';
import type { Api } from './api';
import { ApiError } from './api';
import type { SignInAnswer } from './contracts';
import { loadSession, saveSession, TokenKeeper, toSession } from './session';

const answer = (n: number): SignInAnswer => {
  const { issuedAt, expiresAt, ...rest } = session();
  return {
    ...rest,
    accessToken: `access-${n}`,
    refreshToken: `refresh-${n}`,
    expiresInSeconds: (expiresAt - issuedAt) / 1000,
  };
};

function setUp(refresh: (token: string) => Promise<SignInAnswer>) {
  const calls = vi.fn(refresh);
  const onExpired = vi.fn();
  const save = vi.fn();
  const keeper = new TokenKeeper({
    api: { refresh: calls } as unknown as Api,
    session: session({ issuedAt: Date.now(), expiresAt: Date.now() + 600_000 }),
    save,
    onExpired,
  });
  return { keeper, calls, onExpired, save };
}

describe('TokenKeeper', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('renews at half of the life, again and again, and tells who uses the token', async () => {
    let n = 1;
    const { keeper, calls, save } = setUp(() => Promise.resolve(answer(++n)));
    const tokens: string[] = [];
    keeper.onToken(token => tokens.push(token));
    keeper.start();
    await vi.advanceTimersByTimeAsync(299_000);
    expect(calls).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(tokens).toEqual(['access-2', 'access-3']);
    expect(calls.mock.calls).toEqual([['refresh-1'], ['refresh-2']]);
    expect(save).toHaveBeenLastCalledWith(expect.objectContaining({ refreshToken: 'refresh-3' }));
  });

  it('asks once for several who need a token that has run out', async () => {
    const { keeper, calls } = setUp(() => Promise.resolve(answer(2)));
    await vi.advanceTimersByTimeAsync(601_000);
    await expect(Promise.all([keeper.token(), keeper.token()])).resolves.toEqual(['access-2', 'access-2']);
    expect(calls).toHaveBeenCalledTimes(1);
  });

  it('keeps trying while the server cannot be reached', async () => {
    let attempts = 0;
    const { keeper, onExpired } = setUp(() =>
      ++attempts < 3 ? Promise.reject(new ApiError(0, 'no connection')) : Promise.resolve(answer(2)),
    );
    keeper.start();
    await vi.advanceTimersByTimeAsync(310_000);
    expect(keeper.current.accessToken).toBe('access-2');
    expect(onExpired).not.toHaveBeenCalled();
  });

  it('says when the sign-in itself is over, and asks no more', async () => {
    const { keeper, calls, onExpired } = setUp(() => Promise.reject(new ApiError(401, 'Sign in again.')));
    keeper.start();
    await vi.advanceTimersByTimeAsync(900_000);
    expect(onExpired).toHaveBeenCalledTimes(1);
    expect(calls).toHaveBeenCalledTimes(1);
  });
});

it('stores a session for this tab only, and forgets it', () => {
  saveSession(toSession(answer(1), 1_000));
  expect(loadSession()).toMatchObject({ user: 'dana', issuedAt: 1_000, expiresAt: 601_000 });
  expect(localStorage).toHaveLength(0);
  saveSession(null);
  expect(loadSession()).toBeNull();
});
