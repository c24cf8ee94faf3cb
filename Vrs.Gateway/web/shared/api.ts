import type { AuditAnswer, DemoAccount, IceServersAnswer, Preference, SignInAnswer } from './contracts';
import { type AuditQuestion, auditQuery } from './model/audit';

/** An answer other than success; the message is the server's plain sentence, fit to show. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** What a page says when the server cannot be reached at all. */
export const serverUnreachable = 'The service cannot be reached. Check your internet connection, then try again.';

/** How long an answer may take, to its last byte. Milliseconds. */
const requestLimitMs = 10_000;

/** The same for TURN servers: a call waits for them, and may do without. */
const iceServersLimitMs = 3_000;

/** How many events are read at a time. */
const auditPageSize = 50;

type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

/** The HTTP side of the service: sign-in, tokens, TURN servers. */
export class Api {
  constructor(private readonly fetch: Fetch = (input, init) => window.fetch(input, init)) {}

  signIn(user: string, password: string): Promise<SignInAnswer> {
    return this.read<SignInAnswer>('/api/sign-in', json('POST', { user, password }));
  }

  refresh(refreshToken: string): Promise<SignInAnswer> {
    return this.read<SignInAnswer>('/api/token', json('POST', { refreshToken }));
  }

  async signOut(accessToken: string, refreshToken: string): Promise<void> {
    await this.send('/api/sign-out', json('POST', { refreshToken }, accessToken));
  }

  async iceServers(accessToken: string): Promise<RTCIceServer[]> {
    const answer = await this.read<IceServersAnswer>('/api/ice-servers', bearer(accessToken), iceServersLimitMs);
    return answer.iceServers;
  }

  preference(accessToken: string): Promise<Preference> {
    return this.read<Preference>('/api/preference', bearer(accessToken));
  }

  /** The preference as it was kept: with the interpreter's name in full. */
  setPreference(accessToken: string, preference: Preference): Promise<Preference> {
    return this.read<Preference>('/api/preference', json('PUT', preference, accessToken));
  }

  /** One page of the audit trail, newest first. */
  audit(accessToken: string, question: AuditQuestion, before: number | null): Promise<AuditAnswer> {
    return this.read<AuditAnswer>(`/api/audit?${auditQuery(question, before, auditPageSize)}`, bearer(accessToken));
  }

  /** The seeded demo accounts of a development server; empty anywhere else. */
  async demoAccounts(): Promise<DemoAccount[]> {
    return this.read<DemoAccount[]>('/api/demo-accounts', {}).catch(() => []);
  }

  private async read<T>(path: string, init: RequestInit, limitMs = requestLimitMs): Promise<T> {
    const response = await this.send(path, init, limitMs);
    return (await response.json().catch(unreachable)) as T;
  }

  private async send(path: string, init: RequestInit, limitMs = requestLimitMs): Promise<Response> {
    const response = await this.fetch(path, { ...init, signal: AbortSignal.timeout(limitMs) }).catch(unreachable);
    if (!response.ok) {
      throw new ApiError(response.status, await problemText(response));
    }
    return response;
  }
}

function unreachable(): never {
  throw new ApiError(0, serverUnreachable);
}

function bearer(accessToken: string): RequestInit {
  return { headers: { Authorization: `Bearer ${accessToken}` } };
}

function json(method: string, body: unknown, accessToken?: string): RequestInit {
  const authorization = accessToken === undefined ? {} : { Authorization: `Bearer ${accessToken}` };
  return { method, headers: { 'Content-Type': 'application/json', ...authorization }, body: JSON.stringify(body) };
}

// RFC 9457 problem details, where `detail` is a sentence; anything else gets one of ours.
async function problemText(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => null)) as { detail?: unknown } | null;
  if (typeof problem?.detail === 'string' && problem.detail !== '') {
    return problem.detail;
  }
  return response.status >= 500
    ? 'The service has a problem at the moment. Try again shortly.'
    : `The service refused the request (${response.status}).`;
}
