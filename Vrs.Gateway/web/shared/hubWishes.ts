import type { CallView, Refusal } from './contracts';
import type { Hub, HubState } from './hub';

/** A BYE is answered in a moment, unless it or its answer was lost with a connection or a server. */
export const byeLimitMs = 5_000;

/** What a page asks of the hub, where SIP has no word for it or no session is left to say it with. */
export class HubWishes {
  private readonly owed = new Set<string>();
  private readonly left = new Map<string, ReturnType<typeof setTimeout>>();
  private state: HubState = 'connecting';

  constructor(
    private readonly hub: Hub,
    private readonly onAnswer: (refusal: string | null) => void,
  ) {}

  /** Asks about a call, if there is one, and passes on what the answer is. */
  async ask(method: string, callId: string | null): Promise<void> {
    if (callId !== null) {
      const refusal: Refusal | null = await this.hub.ask(method, callId);
      this.onAnswer(refusal?.detail ?? null);
    }
  }

  /**
   * This person hung up. What could not be said by SIP is said here, now or as soon as the hub is back. A BYE that was
   * sent has nobody who waits for its answer: when the call does not end, it was lost, and the others would wait for
   * somebody who has gone.
   */
  hungUp(callId: string | null, bye: 'sent' | 'owed'): void {
    this.stay(callId);
    if (callId !== null && bye === 'owed') {
      this.hangUp(callId);
    } else if (callId !== null) {
      const limit = setTimeout(() => this.hangUp(callId), byeLimitMs);
      this.left.set(callId, limit);
    }
  }

  /** This person is in the call again: it is not hers to end because she left it before. */
  stay(callId: string | null): void {
    if (callId !== null) {
      clearTimeout(this.left.get(callId));
      this.left.delete(callId);
      this.owed.delete(callId);
    }
  }

  /** The service told how a call stands. */
  see(view: CallView): void {
    if (view.phase === 'ended') {
      this.stay(view.call);
    }
  }

  /** The hub came or went: what is owed is asked when it is there, and again until it was answered. */
  settle(state: HubState): void {
    this.state = state;
    if (state === 'up') {
      this.owed.forEach(callId => void this.end(callId));
    }
  }

  private hangUp(callId: string): void {
    this.owed.add(callId);
    this.settle(this.state);
  }

  private async end(callId: string): Promise<void> {
    const refusal: Refusal | null = await this.hub.ask('HangUp', callId);
    if (refusal?.reason !== 'unreachable') {
      this.stay(callId);
    }
  }
}
