import type {
  BreakKind,
  CallDirection,
  CallView,
  InterpreterView,
  OfferView,
  Refusal,
  ReleaseReason,
} from '../shared/contracts';
import type { Hub } from '../shared/hub';
import { HubWishes } from '../shared/hubWishes';
import { cloneTracks, noNetworkPath, openMedia, stopStream } from '../shared/media';
import { calleeStatusText } from '../shared/model/callText';
import {
  type ConsoleEvent,
  type ConsoleState,
  initialConsole,
  needsRejoin,
  reduceConsole,
} from '../shared/model/console';
import type { Holding } from '../shared/model/hold';
import type { TokenKeeper } from '../shared/session';
import { createUserAgent } from '../shared/sip/jssip';
import { repairMedia } from '../shared/sip/repairMedia';
import type { SipCall } from '../shared/sip/sipCall';
import { SipPhone } from '../shared/sip/sipPhone';
import { createStore, type Store } from '../shared/store';
import { createStreams, kindsOf, mediaOf, switchTracks, type Which } from './legMedia';
import type { Seat } from './seat';

/**
 * The interpreter's console: two legs side by side, which meet in her and nowhere else. The page mixes nothing; each
 * leg gets tracks of its own.
 */
export class InterpreterConsole {
  readonly store: Store<ConsoleState, ConsoleEvent>;
  readonly streams = createStreams();
  private readonly phone: SipPhone;
  private readonly wishes: HubWishes;
  private readonly legs: Record<Which, { call: SipCall; sent: MediaStream } | null> = { caller: null, callee: null };
  private rejoining = false;

  constructor(
    private readonly hub: Hub,
    keeper: TokenKeeper,
    private readonly iceServers: () => Promise<RTCIceServer[]>,
    private readonly seat: Seat,
  ) {
    this.store = createStore({ ...initialConsole, device: seat.device }, reduceConsole);
    this.wishes = new HubWishes(hub, notice => this.store.send({ type: 'notice', notice }));
    this.phone = new SipPhone(
      keeper.current,
      {
        line: line => this.onLine(line),
        incoming: call => void this.onIncoming(call),
        unauthorized: () => void keeper.renew(),
      },
      options => createUserAgent({ ...options, instance: seat.instance }),
    );
    this.store.listen(state => {
      switchTracks(this.legs.caller?.sent, state, 'caller');
      switchTracks(this.legs.callee?.sent, state, 'callee');
    });
    keeper.onToken(token => this.phone.setToken(token));
    hub.onState(state => this.onHub(state));
    hub.on('interpreterChanged', (view: InterpreterView) => this.onInterpreter(view));
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

  /**
   * Comes to work, or to this console from another: camera first, so that a fault shows now and not when the first
   * caller is there.
   */
  async signIn(): Promise<void> {
    if ((await this.prepare()) !== null) {
      await this.tell('SignIn', this.seat.device);
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

  takeBreak(kind: BreakKind, note: string): Promise<void> {
    return this.tell('TakeBreak', kind, note);
  }

  /** Asks for more time to wrap up; the deadline she sees is extended once, however often she asks. */
  async extendWrapUp(): Promise<void> {
    const { interpreter } = this.store.get();
    if (interpreter !== null) {
      await this.tell('ExtendWrapUp', interpreter.deadlineNumber);
    }
  }

  async answerOffer(method: 'Accept' | 'Decline'): Promise<void> {
    const { offer } = this.store.get();
    if (offer !== null) {
      this.store.send({ type: 'offerAnswered' });
      await this.tell(method, offer.call, offer.offer);
    }
  }

  readonly dial = (number: string): Promise<void> => this.placeCalleeLeg(number);

  hangUpCallee(): void {
    if (this.legs.callee !== null) {
      this.phone.hangUp(this.legs.callee.call);
    }
  }

  async hangUpCall(): Promise<void> {
    const call = this.legs.caller?.call;
    if (call === undefined) {
      return this.tellOfCall('HangUp');
    }
    this.wishes.hungUp(call.callId, this.phone.hangUp(call));
  }

  /** Asks for another interpreter (relief or support), or to do without her after all; or ends the call. */
  async tellOfCall(method: 'AskForColleague' | 'DismissColleague' | 'HangUp', ...args: string[]): Promise<void> {
    const { call } = this.store.get();
    if (call !== null) {
      await this.tell(method, call.call, ...args);
    }
  }

  /** Her voice to the hearing party, on or off. */
  setMuted(muted: boolean): void {
    this.store.send({ type: 'muted', muted });
  }

  /** Puts this side on hold, or takes it back. */
  hold(which: Which, on: boolean): void {
    this.legs[which]?.call.hold(on);
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
      void repairMedia([this.legs.caller?.call, this.legs.callee?.call], this.iceServers);
    }
  }

  private onHub(state: ConsoleState['hub']): void {
    this.store.send({ type: 'hub', hub: state });
    this.wishes.settle(state);
    const view = this.store.get().interpreter;
    if (state === 'up' && view?.console === this.seat.device) {
      void this.hub.ask('SignIn', this.seat.device);
    }
  }

  private onInterpreter(view: InterpreterView): void {
    this.store.send({ type: 'interpreter', view });
    // The page was loaded anew: the desk she works at is this one, though the device it was is gone.
    if (view.console !== null && view.console === this.seat.previous) {
      void this.hub.ask('SignIn', this.seat.device);
    }
  }

  private async onIncoming(call: SipCall): Promise<void> {
    const stream = call.role === 'interpretertocaller' ? await this.prepare() : null;
    if (stream === null) {
      call.reject(480);
      return;
    }
    const { answered } = this.store.get();
    const supports = answered?.call === call.callId && answered.purpose === 'support';
    const kinds = kindsOf(call, this.direction, supports);
    this.wishes.stay(call.callId);
    this.drop('caller');
    this.attach('caller', call, cloneTracks(stream, kinds));
    const sent = this.legs.caller?.sent;
    if (sent !== undefined) {
      call.answer(sent, await this.iceServers(), kinds.includes('video'));
    }
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
    const onHeld = (holding: Holding, refused: boolean) => this.store.send({ type: 'held', which, holding, refused });
    onHeld(call.holding, false);
    this.store.send({ type: 'leg', which, leg: 'setup' });
    call.events = {
      held: onHeld,
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
    this.wishes.see(view);
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
}
