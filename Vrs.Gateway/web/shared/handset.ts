import type { CallView } from './contracts';
import type { Hub } from './hub';
import { HubWishes } from './hubWishes';
import { type MediaKind, type MediaProblem, noNetworkPath, openMedia, stopStream } from './media';
import { type HandsetEvent, type HandsetState, initialHandset, reduceHandset } from './model/handset';
import { repairMedia } from './sip/repairMedia';
import type { SipCall } from './sip/sipCall';
import { SipPhone } from './sip/sipPhone';
import type { Session, TokenKeeper } from './session';
import { SpareSessions } from './spareSessions';
import { createStore, type Store } from './store';

export interface HandsetOptions {
  kind: MediaKind;
  keeper: TokenKeeper;
  hub: Hub;
  iceServers: () => Promise<RTCIceServer[]>;
  createPhone?: (session: Session, events: ConstructorParameters<typeof SipPhone>[1]) => SipPhone;
  now?: () => number;
}

/** What is seen and heard of a call: the other side's stream, a second interpreter's, and one's own. */
export interface HandsetStreams {
  local: MediaStream | null;
  remote: MediaStream | null;
  second: MediaStream | null;
}

interface StreamEvent {
  type: keyof HandsetStreams;
  stream: MediaStream | null;
}

function reduceStreams(state: HandsetStreams, event: StreamEvent): HandsetStreams {
  return { ...state, [event.type]: event.stream };
}

/**
 * The telephone of somebody who calls and is called: one call at a time, over one SIP line. It carries out what the
 * pure state says, and takes a lost place in line again without being asked.
 */
export class Handset {
  readonly store: Store<HandsetState, HandsetEvent> = createStore(initialHandset, reduceHandset);
  readonly streams: Store<HandsetStreams, StreamEvent> = createStore(
    { local: null, remote: null, second: null },
    reduceStreams,
  );
  private readonly phone: SipPhone;
  private readonly now: () => number;
  private readonly wishes: HubWishes;
  private call: SipCall | null = null;
  private readonly spare = new SpareSessions(stream => this.streams.send({ type: 'second', stream }));

  constructor(private readonly options: HandsetOptions) {
    const { keeper, hub } = options;
    this.wishes = new HubWishes(hub, detail => this.store.send({ type: 'refused', detail }));
    this.now = options.now ?? Date.now;
    const create = options.createPhone ?? ((session, events) => new SipPhone(session, events));
    this.phone = create(keeper.current, {
      line: line => this.onLine(line),
      incoming: call => this.onIncoming(call),
      unauthorized: () => void keeper.renew(),
    });
    keeper.onToken(token => this.phone.setToken(token));
    hub.onState(state => {
      this.store.send({ type: 'hub', hub: state });
      this.wishes.settle(state);
    });
    hub.on('callChanged', (view: CallView) => this.onView(view));
  }

  start(): void {
    this.phone.start();
    window.addEventListener('pagehide', () => this.phone.leave());
  }

  /** Opens the camera and microphone ahead of a call, so that the person sees herself and faults show early. */
  async prepare(): Promise<MediaStream | null> {
    const ready = this.streams.get().local;
    if (ready?.getTracks().every(track => track.readyState === 'live')) {
      return ready;
    }
    const result = await openMedia(this.options.kind);
    if (!result.ok) {
      this.streams.send({ type: 'local', stream: null });
      this.store.send({ type: 'problem', problem: result.problem });
      return null;
    }
    this.streams.send({ type: 'local', stream: result.stream });
    this.store.send({ type: 'problem', problem: null });
    return result.stream;
  }

  /** Lets go of camera and microphone. */
  release(): void {
    stopStream(this.streams.get().local);
    this.streams.send({ type: 'local', stream: null });
  }

  async dial(number: string): Promise<void> {
    if (this.call !== null || (await this.prepare()) === null) {
      return;
    }
    this.store.send({ type: 'dialed', number });
    await this.invite(number, []);
  }

  async answer(): Promise<void> {
    const call = this.call;
    const stream = await this.prepare();
    if (call === null || stream === null || call.end !== null) {
      return;
    }
    call.answer(stream, await this.options.iceServers(), this.receivesVideo);
  }

  /** Refuses an incoming call: 603 for "I don't want to", 486 for "I'm busy". */
  decline(status: 603 | 486): void {
    this.call?.reject(status);
  }

  hangUp(): void {
    const { callId, screen } = this.store.get();
    const { call } = this;
    if (screen === 'idle' || screen === 'ended') {
      return;
    }
    const owed = call !== null && this.phone.hangUp(call) === 'owed';
    this.store.send({ type: 'hungUp', owed });
    this.clear();
    const waitingToResume = call === null || call.end?.dropped === true;
    if (owed || waitingToResume || screen !== 'ringing') {
      this.wishes.hungUp(callId, owed || waitingToResume ? 'owed' : 'sent');
    }
  }

  /** Puts the interpreter on hold, or takes her back. */
  hold(on: boolean): void {
    this.call?.hold(on);
  }

  /** Would rather be called back than wait: the service ends this session and keeps the place in line. */
  async requestCallback(): Promise<void> {
    await this.wishes.ask('RequestCallback', this.store.get().callId);
  }

  async cancelCallback(): Promise<void> {
    await this.wishes.ask('HangUp', this.store.get().callback?.call ?? null);
  }

  sendKey(key: string): void {
    this.call?.sendKey(key);
  }

  /** A stream's first frame is on the page. */
  shows(stream: MediaStream): void {
    if (stream === this.call?.remoteStream) {
      this.spare.release();
    }
  }

  dismiss(): void {
    this.store.send({ type: 'dismissed' });
  }

  private get receivesVideo(): boolean {
    return this.options.kind === 'video';
  }

  private async invite(number: string, headers: string[]): Promise<void> {
    const stream = await this.prepare();
    const iceServers = await this.options.iceServers();
    if (stream === null || this.store.get().screen !== 'outgoing') {
      return;
    }
    const call = this.phone.call(number, { stream, iceServers, headers, receiveVideo: this.receivesVideo });
    this.follow(call);
  }

  private follow(call: SipCall): void {
    this.call = call;
    this.wishes.stay(call.callId);
    this.store.send({ type: 'held', holding: call.holding, refused: false });
    call.events = {
      held: (holding, refused) => this.store.send({ type: 'held', holding, refused }),
      progress: () => this.store.send({ type: 'progress', callId: call.callId }),
      answered: () => this.store.send({ type: 'answered', callId: call.callId, at: this.now() }),
      media: stream => this.onMedia(stream),
      noPath: () => this.fail(call, noNetworkPath),
      ended: () => this.onEnded(call),
    };
  }

  private onMedia(stream: MediaStream): void {
    this.streams.send({ type: 'remote', stream });
    if (!this.receivesVideo) {
      this.shows(stream);
    }
  }

  private fail(call: SipCall, problem: MediaProblem): void {
    if (call === this.call && !this.fallBack()) {
      this.call = null;
      this.streams.send({ type: 'remote', stream: null });
      this.store.send({ type: 'problem', problem, fatal: true });
    }
  }

  private onIncoming(call: SipCall): void {
    const { screen, callId } = this.store.get();
    if (screen === 'talking' && (call.takesOver || this.spare.isSecond(call, callId))) {
      void this.admit(call);
    } else if (this.call !== null || (screen === 'outgoing' && callId !== null)) {
      call.reject(486);
    } else {
      this.follow(call);
      const callback = call.role === 'caller';
      this.store.send({ type: 'incoming', name: call.remoteName, callId: call.callId, callback });
      (navigator as Partial<Navigator>).vibrate?.([400, 200, 400]);
    }
  }

  // Another interpreter: she takes the place of one who was lost or is relieved (the video stage swaps the picture at
  // the first frame that is decoded, and the service ends the old session), or is a picture beside the first.
  private async admit(call: SipCall): Promise<void> {
    const stream = this.streams.get().local;
    if (stream === null) {
      call.reject(480);
      return;
    }
    if (call.takesOver) {
      this.spare.keep(this.call);
      this.follow(call);
    } else {
      this.spare.join(call);
    }
    call.answer(stream, await this.options.iceServers(), this.receivesVideo);
  }

  // The session went away, but not the last of the call.
  private fallBack(): boolean {
    const next = this.spare.take();
    if (next !== null) {
      this.follow(next);
      this.streams.send({ type: 'remote', stream: next.remoteStream });
    }
    return next !== null;
  }

  private onEnded(call: SipCall): void {
    // A session that was replaced is not the call any more.
    if (call !== this.call || call.end === null || this.fallBack()) {
      return;
    }
    this.call = null;
    if (call.end.dropped && this.store.get().screen === 'outgoing') {
      this.store.send({ type: 'dropped' });
      return;
    }
    this.streams.send({ type: 'remote', stream: null });
    this.store.send({ type: 'ended', end: call.end });
  }

  private onLine(line: HandsetState['line']): void {
    this.store.send({ type: 'line', line });
    const { screen, resuming, party, callId } = this.store.get();
    if (line === 'down' && screen === 'ringing') {
      // An answer to this INVITE could not be sent any more; the service rings again once the line is back.
      this.call?.reject(480);
    }
    if (line === 'ready') {
      this.store.send({ type: 'settled' });
      void repairMedia([this.call, ...this.spare.showing], this.options.iceServers);
      if (resuming && screen === 'outgoing' && this.call === null) {
        void this.invite(party, callId === null ? [] : [`Vrs-Call: ${callId}`]);
      }
    }
  }

  private onView(view: CallView): void {
    const before = this.store.get().screen;
    this.wishes.see(view);
    this.store.send({ type: 'view', view });
    if (before !== 'ended' && before !== 'idle' && this.store.get().screen === 'ended') {
      const call = this.call;
      this.clear();
      if (call !== null) {
        this.phone.hangUp(call);
      }
    }
  }

  private clear(): void {
    this.call = null;
    this.spare.clear();
    this.streams.send({ type: 'remote', stream: null });
  }
}
