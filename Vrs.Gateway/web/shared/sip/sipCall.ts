import type { DTMFOptions } from 'jssip/lib/RTCSession';
import {
  type IncomingRequest,
  type IncomingResponse,
  type RTCSession,
  type SessionEnd,
  type SessionEvents,
  tame,
} from './jssip';
import { hasCandidates } from '../media';
import type { Holding } from '../model/hold';

/** How a call came to its end. */
export interface CallEnd {
  /** Who ended it: this page, the other side, or neither (no connection, no answer in time). */
  by: 'local' | 'remote' | 'system';
  cause: string;
  /** SIP status of a final answer, or 0. */
  status: number;
  /** The connection was lost before the call was answered; the page may take its place in line again. */
  dropped: boolean;
  /** Another device of the same person took the call (RFC 3326: a CANCEL whose reason is 200). */
  elsewhere: boolean;
}

export interface SipCallEvents {
  /** A provisional answer; the service says which call this is and where it stands. */
  progress?: (status: number) => void;
  answered?: () => void;
  /** A track of the other side came; the stream is always the same object. */
  media?: (stream: MediaStream) => void;
  mediaLost?: () => void;
  /** Who holds whom has changed; `refused`: this side's wish could not be carried out now. */
  held?: (holding: Holding, refused: boolean) => void;
  /** The offer has no network path in it and was not sent. */
  noPath?: () => void;
  ended?: (end: CallEnd) => void;
}

// Gathering waits for every server that may not answer; whatever came within this time after the first is enough.
const gatherMs = 1_000;

// JsSIP's name for telephone-event.
const rtpEvent = 'RFC2833' as unknown as NonNullable<DTMFOptions['transportType']>;

/** One SIP session of this page. */
export class SipCall {
  readonly remoteStream = new MediaStream();
  /** The service's id of the relay call, from the header `Vrs-Call`; null until it told. */
  callId: string | null;
  end: CallEnd | null = null;
  events: SipCallEvents = {};
  private closing = false;
  private pathless = false;

  constructor(
    readonly session: RTCSession,
    readonly request: IncomingRequest | null,
    private readonly isConnected: () => boolean,
  ) {
    this.callId = header(request, 'Vrs-Call');
    tame(
      session,
      () => this.events.mediaLost?.(),
      () => this.events.held?.(this.holding, true),
    );
    this.watchPeerConnection();
    const emitter = session as unknown as SessionEvents;
    emitter.on('progress', event => this.onProgress(event.response ?? null));
    emitter.on('accepted', event => (this.callId ??= header(event.response ?? null, 'Vrs-Call')));
    emitter.on('confirmed', () => this.events.answered?.());
    emitter.on('failed', event => this.finish(event));
    emitter.on('ended', event => this.finish(event));
    emitter.on('hold', () => this.events.held?.(this.holding, false));
    emitter.on('unhold', () => this.events.held?.(this.holding, false));
    emitter.on('sdp', event => this.checkCandidates(event.originator, event.sdp));
  }

  /** This INVITE replaces another session of the same call on this page: answer it without asking. */
  get takesOver(): boolean {
    return header(this.request, 'Vrs-Takes-Over') !== null;
  }

  /** The part that this leg plays, in lower case; empty when the service did not say. */
  get role(): string {
    return header(this.request, 'Vrs-Leg')?.toLowerCase() ?? '';
  }

  get remoteName(): string {
    const { display_name: name, uri } = this.session.remote_identity;
    return [name, uri.user].find(Boolean) ?? 'Unknown';
  }

  get remoteNumber(): string | null {
    const user = this.session.remote_identity.uri.user as string | undefined;
    return user !== undefined && /^\+?\d+$/.test(user) ? user : null;
  }

  get established(): boolean {
    return this.session.isEstablished();
  }

  /** Whether the other side's offer carries video; null when the INVITE carries no offer at all. */
  get offersVideo(): boolean | null {
    const body = this.request?.body ?? '';
    return body === '' ? null : /^m=video [1-9]/m.test(body);
  }

  answer(stream: MediaStream, iceServers: RTCIceServer[], receiveVideo: boolean): void {
    this.session.answer({
      mediaStream: stream,
      pcConfig: { iceServers },
      rtcOfferConstraints: { offerToReceiveAudio: true, offerToReceiveVideo: receiveVideo },
    });
  }

  reject(status: number): void {
    if (this.end === null) {
      this.session.terminate({ status_code: status });
    }
  }

  /** Ends the call now; only to be called while the socket is up (the phone sees to it). */
  hangUp(): void {
    if (this.end === null) {
      this.closing = true;
      this.session.terminate();
    }
  }

  /** Whether the media path of an answered call is broken. */
  get mediaBroken(): boolean {
    const state = (this.session.connection as RTCPeerConnection | null)?.iceConnectionState;
    return this.established && (state === 'disconnected' || state === 'failed');
  }

  get holding(): Holding {
    const { local, remote } = this.session.isOnHold();
    return { mine: local, theirs: remote };
  }

  /** Puts the other side on hold, or takes it back. */
  hold(on: boolean): void {
    const { mine } = this.holding;
    const asked = on ? this.session.hold() : this.session.unhold();
    if (!asked && mine !== on) {
      this.events.held?.(this.holding, true);
    }
  }

  /** Looks for a new media path, with TURN servers that are good now. */
  repairMedia(iceServers: RTCIceServer[]): void {
    this.session.connection.setConfiguration({ iceServers });
    this.session.renegotiate({ rtcOfferConstraints: { iceRestart: true } });
  }

  /** Says, on a session that another takes over from, that this page shows the other one. */
  tellSuccessorShown(): void {
    if (this.established && this.isConnected()) {
      this.session.sendInfo('text/plain', undefined, { extraHeaders: ['Vrs-Successor-Shown: yes'] });
    }
  }

  /** One key of the telephone, sent as RTP telephone-event (RFC 4733). */
  sendKey(key: string): void {
    this.session.sendDTMF(key, { transportType: rtpEvent, duration: 120 });
  }

  private onProgress(response: IncomingResponse | null): void {
    this.callId = header(response, 'Vrs-Call') ?? this.callId;
    this.events.progress?.(response?.status_code ?? 180);
  }

  private finish({ originator, cause, message }: SessionEnd): void {
    if (this.end !== null) {
      return;
    }
    const status = message !== null && 'status_code' in message ? message.status_code : 0;
    // JsSIP reports a lost socket as the caller's own cancel, before it says that the socket is gone.
    const lost = cause === 'Connection Error' || (cause === 'Canceled' && !this.closing && status === 0);
    const dropped = lost && !this.closing && (originator === 'local' || originator === 'system' || !this.isConnected());
    const elsewhere = originator === 'remote' && /cause=200\b/.test(header(message, 'Reason') ?? '');
    this.end = { by: originator, cause, status, dropped, elsewhere };
    if (this.pathless) {
      this.events.noPath?.();
    }
    this.events.ended?.(this.end);
  }

  private checkCandidates(originator: string, sdp: string): void {
    // Only at the start: later on, JsSIP answers the other side's ICE restart before it has gathered anything.
    if (originator === 'local' && !this.established && !hasCandidates(sdp)) {
      this.pathless = true;
      queueMicrotask(() => this.hangUp());
    }
  }

  private watchPeerConnection(): void {
    const watch = (connection: RTCPeerConnection) => {
      connection.addEventListener('track', event => {
        this.remoteStream.addTrack(event.track);
        this.events.media?.(this.remoteStream);
      });
    };
    const emitter = this.session as unknown as SessionEvents;
    const present = this.session.connection as RTCPeerConnection | null | undefined;
    if (present) {
      watch(present);
    } else {
      emitter.on('peerconnection', event => watch(event.peerconnection));
    }
    let timer: ReturnType<typeof setTimeout> | null = null;
    emitter.on('icecandidate', event => {
      timer ??= setTimeout(event.ready, gatherMs);
    });
  }
}

function header(message: { getHeader(name: string): string | undefined } | null, name: string): string | null {
  return message?.getHeader(name) ?? null;
}
