import { EventEmitter } from 'node:events';
import type { RTCSession, UserAgent } from '../shared/sip/jssip';

/** A message with headers, as much of one as the pages read. */
export function message(headers: Record<string, string> = {}, more: Record<string, unknown> = {}) {
  return { getHeader: (name: string) => headers[name], body: '', ...more };
}

/** JsSIP's session without SIP: tests fire its events, and read what was asked of it. */
export class FakeSession extends EventEmitter {
  readonly asked: string[] = [];
  readonly connection = Object.assign(new EventTarget(), {
    iceConnectionState: 'connected',
    setConfiguration: (configuration: RTCConfiguration) =>
      this.asked.push(`configure ${configuration.iceServers?.length ?? 0}`),
  });
  readonly remote_identity = { display_name: 'Hana Suzuki', uri: { user: '+15550201' } };
  private state: 'new' | 'established' | 'ended' = 'new';

  constructor(private readonly owner: FakeUserAgent) {
    super();
  }

  readonly onHold = { local: false, remote: false };
  ready = true;

  isOnHold() {
    return { ...this.onHold };
  }

  hold(): boolean {
    return this.setHold(true);
  }

  unhold(): boolean {
    return this.setHold(false);
  }

  /** The other side's re-INVITE. */
  holdRemotely(held: boolean): void {
    this.onHold.remote = held;
    this.emit(held ? 'hold' : 'unhold', { originator: 'remote' });
  }

  set _localHold(held: boolean) {
    this.onHold.local = held;
  }

  private setHold(held: boolean): boolean {
    if (this.ready) {
      this.onHold.local = held;
      this.emit(held ? 'hold' : 'unhold', { originator: 'local' });
    }
    return this.ready;
  }

  isEstablished(): boolean {
    return this.state === 'established';
  }

  onTransportError(): void {
    this.asked.push('transportError');
  }

  answer(options: { mediaStream: MediaStream; pcConfig: RTCConfiguration }): void {
    this.asked.push(`answer ${options.pcConfig.iceServers?.length ?? 0}`);
  }

  terminate(options: { status_code?: number; cause?: string; reason_phrase?: string } = {}): void {
    this.asked.push(['terminate', options.status_code, options.cause].filter(Boolean).join(' '));
    this.fail({ originator: 'local', cause: 'Canceled' });
  }

  renegotiate(options: { rtcOfferConstraints: RTCOfferOptions }): void {
    this.asked.push(options.rtcOfferConstraints.iceRestart === true ? 'restart' : 'renegotiate');
  }

  sendInfo(_type: string, _body: string | undefined, options: { extraHeaders: string[] }): void {
    this.asked.push(`info ${options.extraHeaders.join()}`);
  }

  progress(headers: Record<string, string>, status_code = 182): void {
    this.emit('progress', { response: message(headers, { status_code }) });
  }

  establish(headers: Record<string, string> = {}): void {
    this.state = 'established';
    this.emit('accepted', { response: message(headers, { status_code: 200 }) });
    this.emit('confirmed', {});
  }

  track(track: MediaStreamTrack): void {
    this.connection.dispatchEvent(Object.assign(new Event('track'), { track }));
  }

  /** The other side's CANCEL, with its Reason. */
  cancel(reason: string): void {
    this.state = 'ended';
    this.emit('failed', { originator: 'remote', cause: 'Canceled', message: message({ Reason: reason }) });
  }

  fail(end: { originator: string; cause: string; status?: number }): void {
    if (this.state === 'ended') {
      return;
    }
    const event = end.status === undefined ? null : message({}, { status_code: end.status });
    const type = this.state === 'established' ? 'ended' : 'failed';
    this.state = 'ended';
    this.emit(type, { ...end, message: event });
  }

  /** What JsSIP does with a pending INVITE when its socket goes. */
  loseSocket(): void {
    this.fail({ originator: 'local', cause: 'Canceled' });
    this.owner.disconnect();
  }
}

/** JsSIP's user agent without a socket. */
export class FakeUserAgent extends EventEmitter {
  readonly sessions: FakeSession[] = [];
  readonly called: { target: string; headers: string[] }[] = [];
  readonly settings: Record<string, string> = {};
  readonly asked: string[] = [];
  optionsAnswered = true;
  private connected = false;

  readonly transport = {
    disconnect: () => this.disconnect(),
    connect: () => {
      this.asked.push('connect');
      this.connect();
    },
  };

  get asUserAgent(): UserAgent {
    return this as unknown as UserAgent;
  }

  start(): void {
    this.emit('connecting', {});
  }

  connect(): void {
    this.connected = true;
    this.emit('connected', {});
    this.emit('registered', {});
  }

  disconnect(): void {
    this.connected = false;
    this.emit('disconnected', { error: true });
  }

  isConnected(): boolean {
    return this.connected;
  }

  set(name: string, value: string): void {
    this.settings[name] = value;
  }

  register(): void {
    this.asked.push('register');
  }

  terminateSessions(): void {
    this.asked.push('terminateSessions');
  }

  sendOptions(_target: string, _body: undefined, options: { eventHandlers: { succeeded: () => void } }): void {
    this.asked.push('options');
    if (this.optionsAnswered) {
      options.eventHandlers.succeeded();
    }
  }

  call(target: string, options: { extraHeaders: string[] }): RTCSession {
    const session = new FakeSession(this);
    this.sessions.push(session);
    this.called.push({ target, headers: options.extraHeaders });
    return session as unknown as RTCSession;
  }

  ring(headers: Record<string, string>, body = 'm=video 9 UDP/TLS/RTP/SAVPF 96'): FakeSession {
    const session = new FakeSession(this);
    this.sessions.push(session);
    this.emit('newRTCSession', { originator: 'remote', session, request: message(headers, { body }) });
    return session;
  }
}
