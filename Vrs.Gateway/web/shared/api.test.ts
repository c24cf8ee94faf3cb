import { describe, expect, it } from 'vitest';
import { Api, serverUnreachable } from './api';

const json = (status: number, body: unknown, type = 'application/problem+json') =>
  Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } }));

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

  it('has no demo accounts where the server knows none', async () => {
    await expect(new Api(() => json(404, {})).demoAccounts()).resolves.toEqual([]);
    await expect(new Api(() => Promise.reject(new TypeError('x'))).demoAccounts()).resolves.toEqual([]);
  });
});
