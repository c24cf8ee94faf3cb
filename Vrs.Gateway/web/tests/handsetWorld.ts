import { vi } from 'vitest';
import type { CallView, Refusal } from '../shared/contracts';
import { Handset } from '../shared/handset';
import type { Hub, HubState } from '../shared/hub';
import type { TokenKeeper } from '../shared/session';
import { SipPhone } from '../shared/sip/sipPhone';
import { FakeUserAgent } from './fakeUserAgent';
import { session } from './samples';

class FakeHub {
  readonly asked: [string, ...unknown[]][] = [];
  answer: Refusal | null = null;
  private view: (view: CallView) => void = () => undefined;
  private state: (state: HubState) => void = () => undefined;

  on(_method: string, handler: (view: CallView) => void): void {
    this.view = handler;
  }

  onState(listener: (state: HubState) => void): void {
    this.state = listener;
  }

  ask(method: string, ...args: unknown[]): Promise<Refusal | null> {
    this.asked.push([method, ...args]);
    return Promise.resolve(this.answer);
  }

  push(view: CallView): void {
    this.view(view);
  }

  become(state: HubState): void {
    this.state(state);
  }
}

const liveStream = () => ({ getTracks: () => [{ readyState: 'live', stop: vi.fn() }] }) as unknown as MediaStream;

/** A handset with a line, a hub and a camera of its own. */
export function setUp() {
  const ua = new FakeUserAgent();
  const hub = new FakeHub();
  const handset = new Handset({
    kind: 'video',
    keeper: { current: session(), onToken: vi.fn(), renew: vi.fn() } as unknown as TokenKeeper,
    hub: hub as unknown as Hub,
    iceServers: () => Promise.resolve([{ urls: 'turn:relay' }]),
    createPhone: (who, events) => new SipPhone(who, events, () => ua.asUserAgent),
    now: () => 5_000,
  });
  handset.streams.send({ type: 'local', stream: liveStream() });
  handset.start();
  hub.become('up');
  ua.connect();
  const state = () => handset.store.get();
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return { ua, hub, handset, state, settle };
}

/** The same in a conversation of the call c-1. */
export async function talking() {
  const all = setUp();
  await all.handset.dial('+15550201');
  all.ua.sessions[0]?.progress({ 'Vrs-Call': 'c-1' });
  all.ua.sessions[0]?.establish({ 'Vrs-Call': 'c-1' });
  return all;
}
