import { type Api, ApiError } from './api';
import type { Role, SignInAnswer } from './contracts';

/** Who is signed in on this tab. Times are milliseconds since 1970. */
export interface Session {
  accessToken: string;
  refreshToken: string;
  issuedAt: number;
  expiresAt: number;
  user: string;
  role: Role;
  displayName: string;
  number: string | null;
  sipUri: string;
  webSocketUrl: string;
  pool: string | null;
}

export function toSession(answer: SignInAnswer, now: number): Session {
  const { expiresInSeconds, ...rest } = answer;
  return { ...rest, issuedAt: now, expiresAt: now + expiresInSeconds * 1000 };
}

// Per tab, so that several accounts can be open in several windows of one browser.
const storageKey = 'vrs.session';

export function loadSession(storage: Storage = sessionStorage): Session | null {
  const text = storage.getItem(storageKey);
  return text === null ? null : (JSON.parse(text) as Session);
}

export function saveSession(session: Session | null, storage: Storage = sessionStorage): void {
  if (session === null) {
    storage.removeItem(storageKey);
  } else {
    storage.setItem(storageKey, JSON.stringify(session));
  }
}

/** The page where somebody with this role works. */
export const homeOf: Record<Role, string> = {
  caller: '/caller/',
  interpreter: '/interpreter/',
  phone: '/phone/',
  operator: '/operations/',
  auditor: '/audit/',
};

export interface KeeperOptions {
  api: Api;
  session: Session;
  save: (session: Session) => void;
  /** The server no longer knows this sign-in: the person has to sign in again. */
  onExpired: () => void;
  now?: () => number;
}

const retryMs = 3_000;

/** Keeps the access token fresh: renews it at half of its life, and at once when somebody needs one that has run out. */
export class TokenKeeper {
  private session: Session;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private renewal: Promise<void> | null = null;
  private readonly listeners = new Set<(token: string) => void>();
  private readonly now: () => number;

  constructor(private readonly options: KeeperOptions) {
    this.session = options.session;
    this.now = options.now ?? Date.now;
  }

  get current(): Session {
    return this.session;
  }

  start(): void {
    const { issuedAt, expiresAt } = this.session;
    this.schedule(Math.max(0, (issuedAt + expiresAt) / 2 - this.now()));
  }

  stop(): void {
    if (this.timer !== null) {
      clearTimeout(this.timer);
      this.timer = null;
    }
  }

  onToken(listener: (token: string) => void): void {
    this.listeners.add(listener);
  }

  /** A token that is still good; the one at hand when the server cannot be reached for a new one. */
  async token(): Promise<string> {
    if (this.now() >= this.session.expiresAt) {
      await this.renew();
    }
    return this.session.accessToken;
  }

  /** Asks for new tokens. Several callers share one request: a refresh token is good once. */
  renew(): Promise<void> {
    this.renewal ??= this.askForTokens().finally(() => (this.renewal = null));
    return this.renewal;
  }

  private schedule(delayMs: number): void {
    this.stop();
    this.timer = setTimeout(() => void this.renew(), delayMs);
  }

  private async askForTokens(): Promise<void> {
    try {
      const answer = await this.options.api.refresh(this.session.refreshToken);
      this.session = toSession(answer, this.now());
      this.options.save(this.session);
      for (const listener of this.listeners) {
        listener(this.session.accessToken);
      }
      this.start();
    } catch (error) {
      if (error instanceof ApiError && (error.status === 400 || error.status === 401 || error.status === 403)) {
        this.stop();
        this.options.onExpired();
      } else {
        this.schedule(retryMs);
      }
    }
  }
}
