import { connectLimitMs } from '../limitedSocket';
import type { Session } from '../session';
import { createUserAgent, type RTCSessionEvent, type UserAgent, type UserAgentOptions } from './jssip';
import { SipCall } from './sipCall';

/** The SIP line of this page: not there yet, registered, lost, or refused by the service. */
export type LineState = 'connecting' | 'ready' | 'down' | 'refused';

export interface SipPhoneEvents {
  line: (state: LineState) => void;
  incoming: (call: SipCall) => void;
  /** The service refuses the token; a new one is needed before the line comes back. */
  unauthorized: () => void;
}

export interface PlaceCallOptions {
  stream: MediaStream;
  receiveVideo: boolean;
  iceServers: RTCIceServer[];
  headers?: string[];
}

const watchdogMs = 2_000;
const watchdogLimitMs = 3_000;
const registerRetryMs = 2_000;

/** The page's telephone: one registration over one WebSocket that is made anew for as long as the page is open. */
export class SipPhone {
  state: LineState = 'connecting';
  private readonly ua: UserAgent;
  private readonly owed = new Set<SipCall>();
  private readonly domain: string;
  private watchdog: ReturnType<typeof setInterval> | null = null;
  private connecting: ReturnType<typeof setTimeout> | undefined;
  private unanswered: ReturnType<typeof setTimeout> | null = null;

  constructor(
    session: Session,
    private readonly events: SipPhoneEvents,
    create: (options: UserAgentOptions) => UserAgent = createUserAgent,
  ) {
    this.domain = session.sipUri.slice(session.sipUri.indexOf('@') + 1);
    this.ua = create({ ...session, token: session.accessToken });
    this.ua.on('connecting', () => this.limitConnecting());
    this.ua.on('disconnected', () => {
      this.stopWatchdog();
      clearTimeout(this.connecting);
      this.tell('down');
    });
    this.ua.on('registered', () => this.onRegistered());
    this.ua.on('registrationFailed', event => this.onRefused(event.response));
    this.ua.on('newRTCSession', (event: RTCSessionEvent) => {
      if ((event.originator as string) === 'remote') {
        this.events.incoming(this.wrap(event));
      }
    });
  }

  start(): void {
    this.ua.start();
  }

  /** From the next request on, this token is used; a line that was refused tries again with it. */
  setToken(token: string): void {
    this.ua.set('authorization_jwt', `Bearer ${token}`);
    if (this.state === 'refused') {
      this.ua.register();
    }
  }

  call(user: string, options: PlaceCallOptions): SipCall {
    const session = this.ua.call(`sip:${user}@${this.domain}`, {
      mediaStream: options.stream,
      pcConfig: { iceServers: options.iceServers },
      rtcOfferConstraints: { offerToReceiveAudio: true, offerToReceiveVideo: options.receiveVideo },
      extraHeaders: options.headers ?? [],
    });
    return new SipCall(session, null, () => this.ua.isConnected());
  }

  /** Ends a call. Without a connection the wish is kept, and carried out as soon as the line is back. */
  hangUp(call: SipCall): 'sent' | 'owed' {
    if (call.end !== null) {
      return 'sent';
    }
    if (this.ua.isConnected()) {
      call.hangUp();
      return 'sent';
    }
    this.owed.add(call);
    return 'owed';
  }

  /** The page goes away: end what is going on, while there is still time to say so. */
  leave(): void {
    this.ua.terminateSessions();
  }

  private onRegistered(): void {
    clearTimeout(this.connecting);
    for (const call of this.owed) {
      call.hangUp();
    }
    this.owed.clear();
    this.startWatchdog();
    this.tell('ready');
  }

  private onRefused(response: { status_code: number } | null | undefined): void {
    // Without a response the socket went away, which the next connection settles.
    if (!response) {
      return;
    }
    clearTimeout(this.connecting);
    this.tell('refused');
    if (response.status_code === 401 || response.status_code === 403) {
      this.events.unauthorized();
    } else {
      setTimeout(() => this.ua.register(), registerRetryMs);
    }
  }

  // A server that hangs keeps its socket open: only an unanswered question shows that the line is dead. Reconnecting
  // early keeps pending requests from timing out, which would end calls.
  private startWatchdog(): void {
    this.stopWatchdog();
    this.watchdog = setInterval(() => this.probe(), watchdogMs);
  }

  // A server that hangs, or a network that swallows everything, lets an attempt wait for minutes.
  private limitConnecting(): void {
    clearTimeout(this.connecting);
    this.connecting = setTimeout(() => this.reconnect(), connectLimitMs);
  }

  private stopWatchdog(): void {
    clearInterval(this.watchdog ?? undefined);
    clearTimeout(this.unanswered ?? undefined);
    this.watchdog = null;
    this.unanswered = null;
  }

  private probe(): void {
    if (this.unanswered !== null || !this.ua.isConnected()) {
      return;
    }
    const answered = () => {
      clearTimeout(this.unanswered ?? undefined);
      this.unanswered = null;
    };
    this.unanswered = setTimeout(() => this.reconnect(), watchdogLimitMs);
    this.ua.sendOptions(`sip:${this.domain}`, undefined, {
      eventHandlers: { succeeded: answered, failed: event => event.originator === 'remote' && answered() },
    });
  }

  private reconnect(): void {
    this.stopWatchdog();
    this.ua.transport?.disconnect();
    this.ua.transport?.connect();
  }

  private wrap(event: RTCSessionEvent): SipCall {
    const request = 'body' in event.request ? event.request : null;
    return new SipCall(event.session, request as SipCall['request'], () => this.ua.isConnected());
  }

  private tell(state: LineState): void {
    if (state !== this.state) {
      this.state = state;
      this.events.line(state);
    }
  }
}
