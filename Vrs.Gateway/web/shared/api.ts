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

/** How many events are read at a time. */
const auditPageSize = 50;

type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

/** The HTTP side of the service: sign-in, tokens, TURN servers. */
export class Api {
  constructor(private readonly fetch: Fetch = (input, init) => window.fetch(input, init)) {}

  signIn(user: string, password: string): Promise<SignInAnswer> {
    return this.post<SignInAnswer>('/api/sign-in', { user, password });
  }

  refresh(refreshToken: string): Promise<SignInAnswer> {
    return this.post<SignInAnswer>('/api/token', { refreshToken });
  }

  async signOut(accessToken: string, refreshToken: string): Promise<void> {
    await this.send('/api/sign-out', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${accessToken}` },
      body: JSON.stringify({ refreshToken }),
    });
  }

  async iceServers(accessToken: string): Promise<RTCIceServer[]> {
    const response = await this.send('/api/ice-servers', { headers: { Authorization: `Bearer ${accessToken}` } });
    return ((await response.json()) as IceServersAnswer).iceServers;
  }

  async preference(accessToken: string): Promise<Preference> {
    const response = await this.send('/api/preference', { headers: { Authorization: `Bearer ${accessToken}` } });
    return (await response.json()) as Preference;
  }

  /** The preference as it was kept: with the interpreter's name in full. */
  async setPreference(accessToken: string, preference: Preference): Promise<Preference> {
    const response = await this.send('/api/preference', {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${accessToken}` },
      body: JSON.stringify(preference),
    });
    return (await response.json()) as Preference;
  }

  /** One page of the audit trail, newest first. */
  async audit(accessToken: string, question: AuditQuestion, before: number | null): Promise<AuditAnswer> {
    const response = await this.send(`/api/audit?${auditQuery(question, before, auditPageSize)}`, {
      headers: { Authorization: `Bearer ${accessToken}` },
    });
    return (await response.json()) as AuditAnswer;
  }

  /** The seeded demo accounts of a development server; empty anywhere else. */
  async demoAccounts(): Promise<DemoAccount[]> {
    const response = await this.fetch('/api/demo-accounts').catch(() => null);
    const isJson = response?.headers.get('Content-Type')?.includes('json') ?? false;
    return response?.ok && isJson ? ((await response.json()) as DemoAccount[]) : [];
  }

  private async post<T>(path: string, body: unknown): Promise<T> {
    const response = await this.send(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as T;
  }

  private async send(path: string, init: RequestInit): Promise<Response> {
    const response = await this.fetch(path, init).catch(() => {
      throw new ApiError(0, serverUnreachable);
    });
    if (!response.ok) {
      throw new ApiError(response.status, await problemText(response));
    }
    return response;
  }
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
