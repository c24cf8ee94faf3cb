import type { CallDirection, CallView, InterpreterView, OfferView, Refusal, ReleaseReason } from '../shared/contracts';
import type { Hub } from '../shared/hub';
import { cloneTracks, type MediaKind, noNetworkPath, openMedia, stopStream } from '../shared/media';
import { calleeStatusText } from '../shared/model/callText';
import {
  type ConsoleEvent,
  type ConsoleState,
  initialConsole,
  needsRejoin,
  reduceConsole,
} from '../shared/model/console';
import type { TokenKeeper } from '../shared/session';
import type { SipCall } from '../shared/sip/sipCall';
import { SipPhone } from '../shared/sip/sipPhone';
import { createStore, type Store } from '../shared/store';

export interface ConsoleStreams {
  local: MediaStream | null;
  caller: MediaStream | null;
  callee: MediaStream | null;
}

interface StreamEvent {
  type: keyof ConsoleStreams;
  stream: MediaStream | null;
}
type Which = 'caller' | 'callee';

// The Deaf party is seen and the hearing party is heard, whoever of them called.
const mediaOf: Record<CallDirection, Record<Which, readonly MediaKind[]>> = {
  deafToHearing: { caller: ['video', 'audio'], callee: ['audio'] },
  hearingToDeaf: { caller: ['audio'], callee: ['video', 'audio'] },
};

/**
 * The interpreter's console: two legs side by side, which meet in her and nowhere else. The page mixes nothing; each
 * leg gets tracks of its own.
 */
export class InterpreterConsole {
  readonly store: Store<ConsoleState, ConsoleEvent> = createStore(initialConsole, reduceConsole);
  readonly streams = createStore<ConsoleStreams, StreamEvent>(
    { local: null, caller: null, callee: null },
    (state, event) => ({ ...state, [event.type]: event.stream }),
  );
  private readonly phone: SipPhone;
  private readonly legs: Record<Which, { call: SipCall; sent: MediaStream } | null> = { caller: null, callee: null };
  private rejoining = false;

  constructor(
    private readonly hub: Hub,
    keeper: TokenKeeper,
    private readonly fetchIceServers: () => Promise<RTCIceServer[]>,
  ) {
    this.phone = new SipPhone(keeper.current, {
      line: line => this.onLine(line),
      incoming: call => void this.onIncoming(call),
      unauthorized: () => void keeper.renew(),
    });
    keeper.onToken(token => this.phone.setToken(token));
    hub.onState(state => this.onHub(state));
    hub.on('interpreterChanged', (view: InterpreterView) => this.store.send({ type: 'interpreter', view }));
    hub.on('offerMade', (offer: OfferView) => this.store.send({ type: 'offer', offer }));
    hub.on('offerWithdrawn', (call: string, offer: number, reason: ReleaseReason) =>
      this.store.send({ type: 'offerWithdrawn', call, offer, reason }),
    );
    hub.on('callChanged', (view: CallView) => this.onView(view));
  }

  start(): void {
    this.phone.start();
  }

  async prepare(): Promise<MediaStream | null> {
    const ready = this.streams.get().local;
    if (ready?.getTracks().every(track => track.readyState === 'live')) {
      return ready;
    }
    const result = await openMedia('video');
    this.streams.send({ type: 'local', stream: result.ok ? result.stream : null });
    this.store.send({ type: 'problem', problem: result.ok ? null : result.problem });
    return result.ok ? result.stream : null;
  }

  /** Comes to work: camera first, so that a fault shows now and not when the first caller is there. */
  async signIn(): Promise<void> {
    if ((await this.prepare()) !== null) {
      await this.tell('SignIn');
    }
  }

  async signOut(): Promise<void> {
    await this.tell('SignOut');
    stopStream(this.streams.get().local);
    this.streams.send({ type: 'local', stream: null });
  }

  async goAvailable(): Promise<void> {
    if ((await this.prepare()) !== null) {
      await this.tell('GoAvailable');
    }
  }

  takeBreak(reason: string): Promise<void> {
    return this.tell('TakeBreak', reason);
  }

  async answerOffer(method: 'Accept' | 'Decline'): Promise<void> {
    const { offer } = this.store.get();
    if (offer !== null) {
      this.store.send({ type: 'offerAnswered' });
      await this.tell(method, offer.call, offer.offer);
    }
  }

  async dial(number: string): Promise<void> {
    await this.placeCalleeLeg(number);
  }

  hangUpCallee(): void {
    const leg = this.legs.callee;
    if (leg !== null) {
      this.phone.hangUp(leg.call);
    }
  }

  async hangUpCall(): Promise<void> {
    const call = this.store.get().call;
    const leg = this.legs.caller;
    if (leg !== null && this.phone.hangUp(leg.call) === 'sent') {
      return;
    }
    if (call !== null) {
      await this.tell('HangUp', call.call);
    }
  }

  /** Her voice to the hearing party, on or off. */
  setMuted(muted: boolean): void {
    for (const leg of [this.legs.caller, this.legs.callee]) {
      for (const track of leg?.sent.getAudioTracks() ?? []) {
        track.enabled = !muted;
      }
    }
    this.store.send({ type: 'muted', muted });
  }

  sendKey(key: string): void {
    const audioLeg = this.direction === 'deafToHearing' ? this.legs.callee : this.legs.caller;
    audioLeg?.call.sendKey(key);
  }

  private get direction(): CallDirection {
    return this.store.get().call?.direction ?? 'deafToHearing';
  }

  private async tell(method: string, ...args: unknown[]): Promise<void> {
    const refusal: Refusal | null = await this.hub.ask(method, ...args);
    this.store.send({ type: 'notice', notice: refusal?.detail ?? null });
  }

  private onLine(line: ConsoleState['line']): void {
    this.store.send({ type: 'line', line });
    if (line === 'ready') {
      void this.repairMedia();
    }
  }

  // See the handset: the page whose connection was away looks for the new path.
  private async repairMedia(): Promise<void> {
    for (const leg of [this.legs.caller, this.legs.callee]) {
      if (leg?.call.mediaBroken) {
        leg.call.repairMedia(await this.iceServers());
      }
    }
  }

  private onHub(state: ConsoleState['hub']): void {
    this.store.send({ type: 'hub', hub: state });
    const status = this.store.get().interpreter?.status;
    if (state === 'up' && status !== undefined && status !== 'signedOut') {
      void this.hub.ask('SignIn');
    }
  }

  private async onIncoming(call: SipCall): Promise<void> {
    const stream = call.role === 'interpretertocaller' ? await this.prepare() : null;
    if (stream === null) {
      call.reject(480);
      return;
    }
    const kinds = this.kindsOf(call);
    this.drop('caller');
    this.attach('caller', call, cloneTracks(stream, kinds));
    const sent = this.legs.caller?.sent;
    if (sent !== undefined) {
      call.answer(sent, await this.iceServers(), kinds.includes('video'));
    }
  }

  // Without an offer in the INVITE (a call taken over from another interpreter), the direction says what is needed.
  private kindsOf(call: SipCall): readonly MediaKind[] {
    const video = call.offersVideo ?? mediaOf[this.direction].caller.includes('video');
    return video ? ['video', 'audio'] : ['audio'];
  }

  private async placeCalleeLeg(user: string): Promise<void> {
    const call = this.store.get().call;
    const stream = await this.prepare();
    if (call === null || stream === null || this.legs.callee !== null) {
      return;
    }
    this.store.send({ type: 'leg', which: 'callee', leg: 'setup' });
    const iceServers = await this.iceServers();
    const kinds = mediaOf[call.direction].callee;
    const sent = cloneTracks(stream, kinds);
    const headers = [`Vrs-Call: ${call.call}`];
    const receiveVideo = kinds.includes('video');
    this.attach('callee', this.phone.call(user, { stream: sent, receiveVideo, iceServers, headers }), sent);
  }

  private attach(which: Which, call: SipCall, sent: MediaStream): void {
    this.legs[which] = { call, sent };
    for (const track of sent.getAudioTracks()) {
      track.enabled = !this.store.get().muted;
    }
    this.store.send({ type: 'leg', which, leg: 'setup' });
    call.events = {
      answered: () => {
        this.store.send({ type: 'leg', which, leg: 'on' });
        this.rejoinIfNeeded();
      },
      media: stream => this.streams.send({ type: which, stream }),
      noPath: () => this.store.send({ type: 'problem', problem: noNetworkPath }),
      ended: end => {
        if (which === 'callee' && end.status >= 300) {
          this.store.send({ type: 'notice', notice: calleeStatusText(end.status) });
        }
        this.release(which, call);
      },
    };
  }

  private release(which: Which, call: SipCall): void {
    const leg = this.legs[which];
    if (leg?.call !== call) {
      return;
    }
    stopStream(leg.sent);
    this.legs[which] = null;
    this.streams.send({ type: which, stream: null });
    this.store.send({ type: 'leg', which, leg: 'none' });
    if (which === 'caller') {
      // Without the one who called there is nothing to relay.
      this.rejoining = false;
      this.drop('callee');
    }
  }

  private drop(which: Which): void {
    const leg = this.legs[which];
    if (leg !== null) {
      this.phone.hangUp(leg.call);
      this.release(which, leg.call);
    }
  }

  private onView(view: CallView): void {
    this.store.send({ type: 'call', view });
    const { call } = this.store.get();
    if (call?.phase === 'ended' && this.legs.caller?.call.callId === call.call) {
      this.drop('caller');
    }
    this.rejoinIfNeeded();
  }

  private rejoinIfNeeded(): void {
    if (!this.rejoining && needsRejoin(this.store.get())) {
      this.rejoining = true;
      void this.placeCalleeLeg('rejoin');
    }
  }

  private iceServers(): Promise<RTCIceServer[]> {
    return this.fetchIceServers().catch(() => []);
  }
}
