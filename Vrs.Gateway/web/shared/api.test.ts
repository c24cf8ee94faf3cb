import { describe, expect, it, vi } from 'vitest';
import { Api, serverUnreachable } from './api';

const json = (status: number, body: unknown, type = 'application/problem+json') =>
  Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } }));

const endless = (signal: AbortSignal) =>
  new ReadableStream({ start: stream => signal.addEventListener('abort', () => stream.error(signal.reason)) });

describe('Api', () => {
  it('shows the sentence of a problem answer', async () => {
    const api = new Api(() => json(401, { detail: 'User name or password is wrong.' }));
    await expect(api.signIn('dana', 'x')).rejects.toMatchObject({
      status: 401,
      message: 'User name or password is wrong.',
    });
  });

  it('has a sentence of its own for an answer that is no problem document', async () => {
    const api = new Api(() => Promise.resolve(new Response('<html>', { status: 502 })));
    await expect(api.signIn('dana', 'x')).rejects.toThrow('The service has a problem at the moment.');
  });

  it('says that the server cannot be reached', async () => {
    const api = new Api(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(api.refresh('r')).rejects.toMatchObject({ status: 0, message: serverUnreachable });
  });

  it('sends the token with a request for TURN servers', async () => {
    const seen: RequestInit[] = [];
    const api = new Api((_, init) => {
      seen.push(init ?? {});
      return json(200, { iceServers: [{ urls: ['turns:relay:5349'] }], ttlSeconds: 60 }, 'application/json');
    });
    await expect(api.iceServers('t-1')).resolves.toEqual([{ urls: ['turns:relay:5349'] }]);
    expect(seen[0]?.headers).toEqual({ Authorization: 'Bearer t-1' });
  });

  it.each<[string, (signal: AbortSignal) => Promise<Response>]>([
    ['an answer', signal => new Promise((_, fail) => signal.addEventListener('abort', fail))],
    ['the end of one', signal => Promise.resolve(new Response(endless(signal), { status: 200 }))],
  ])('waits for %s for as long as it may take and no longer', async (_, answer) => {
    const limit = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    const api = new Api((_, init) => answer(init?.signal ?? AbortSignal.abort()));
    const asked = api.iceServers('t-1');
    limit.abort();
    await expect(asked).rejects.toMatchObject({ status: 0, message: serverUnreachable });
    expect(timeout).toHaveBeenCalledWith(3_000);
  });

  it('has no demo accounts where the server knows none', async () => {
    await expect(new Api(() => json(404, {})).demoAccounts()).resolves.toEqual([]);
    await expect(new Api(() => Promise.reject(new TypeError('x'))).demoAccounts()).resolves.toEqual([]);
  });
});
