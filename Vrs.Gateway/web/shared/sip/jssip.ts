import { UA, WebSocketInterface } from 'jssip';
import type { RTCSession, TerminateOptions } from 'jssip/lib/RTCSession';
import type { IncomingRequest, IncomingResponse } from 'jssip/lib/SIPMessage';
import type { UAConfiguration } from 'jssip/lib/UA';

export type { RTCSession } from 'jssip/lib/RTCSession';
export type { IncomingRequest, IncomingResponse } from 'jssip/lib/SIPMessage';
export type { CallOptions, RTCSessionEvent, UAEventMap } from 'jssip/lib/UA';

/** What JsSIP's user agent has beyond its published types. */
export interface UserAgent extends UA {
  transport: { connect(): void; disconnect(): void } | null;
  sendOptions(
    target: string,
    body: undefined,
    options: { eventHandlers: { succeeded: () => void; failed: (event: { originator: string }) => void } },
  ): void;
}

/** The session's events as they really are; the published types know each event as one of two unrelated unions. */
export interface SessionEvents {
  on(type: 'progress' | 'accepted' | 'confirmed', listener: (event: { response?: IncomingResponse }) => void): void;
  on(type: 'failed' | 'ended', listener: (event: SessionEnd) => void): void;
  on(type: 'sdp', listener: (event: { originator: string; sdp: string }) => void): void;
  on(type: 'peerconnection', listener: (event: { peerconnection: RTCPeerConnection }) => void): void;
  on(type: 'hold' | 'unhold', listener: () => void): void;
  on(type: 'icecandidate', listener: (event: { ready: () => void }) => void): void;
}

export interface SessionEnd {
  originator: 'local' | 'remote' | 'system';
  cause: string;
  message: IncomingRequest | IncomingResponse | null;
}

/** Callbacks of JsSIP's session that a page must tame; see `tame`. */
interface SessionInternals {
  onTransportError(): void;
  terminate(options?: TerminateOptions): void;
  _localHold: boolean;
  _toggleMuteAudio(mute: boolean): void;
  _toggleMuteVideo(mute: boolean): void;
}

export interface UserAgentOptions {
  webSocketUrl: string;
  sipUri: string;
  displayName: string;
  token: string;
  /** The device's own id (RFC 5626 instance, a UUID); made up when left out. */
  instance?: string;
}

// Measured: with these the page is back within about two seconds after an outage of any length; the defaults (2 and
// 30) leave a caller without connection for half a minute.
const recovery: Partial<UAConfiguration> = {
  connection_recovery_min_interval: 1,
  connection_recovery_max_interval: 2,
};

export function createUserAgent(options: UserAgentOptions): UserAgent {
  return new UA({
    sockets: [new WebSocketInterface(options.webSocketUrl)],
    uri: options.sipUri,
    display_name: options.displayName,
    authorization_jwt: `Bearer ${options.token}`,
    register_expires: 120,
    user_agent: 'VRS web',
    ...(options.instance === undefined ? {} : { instance_id: options.instance }),
    ...recovery,
  }) as UserAgent;
}

/**
 * Some habits of JsSIP would end calls that are alive. A request in flight when the socket drops hangs up an answered
 * call, though it goes on over the next socket. A media path that failed hangs up too, though the service may be about
 * to bring another interpreter; how long to wait for that is the service's decision. And a repair of the media path
 * that comes to nothing leaves the call no worse than it was; nor does a hold that the other side cannot take now (its
 * own offer was under way). Tracks are switched by the pages alone: JsSIP would switch on, after a hold, a camera that
 * its owner has hidden.
 */
export function tame(session: RTCSession, onMediaLost: () => void, onHoldRefused: () => void): void {
  const internals = session as unknown as SessionInternals;
  const onTransportError = internals.onTransportError.bind(session);
  const terminate = internals.terminate.bind(session);
  internals.onTransportError = () => {
    if (!session.isEstablished()) {
      onTransportError();
    }
  };
  internals._toggleMuteAudio = () => undefined;
  internals._toggleMuteVideo = () => undefined;
  internals.terminate = options => {
    if (options?.cause === 'RTP Timeout') {
      onMediaLost();
    } else if (options?.reason_phrase === 'Hold Failed' || options?.reason_phrase === 'Unhold Failed') {
      internals._localHold = options.reason_phrase === 'Unhold Failed';
      onHoldRefused();
    } else if (options?.reason_phrase !== 'Media Renegotiation Failed') {
      terminate(options);
    }
  };
}
